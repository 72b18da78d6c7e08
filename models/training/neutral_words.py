"""Words and frames of the innocent lines that neutral.py generates.

A family is (share, frames, fillers): `{slot}` in a frame is filled from the family's fillers or from COMMON, and
`[이/가]` behind a word takes the form that fits its last letter. `|` parts frames, spaces part fillers, `_` is a space
inside a filler.
"""

COMMON = {
    "tail": """
    뭐임 어디야 언제야 좋다 봤어? 재밌네 신기하네 궁금하다 추천_좀 가능? 맞나요 대박 있음? 나왔네 보는_중 끝났다 시작 해봄 ㄱㄱ 부탁해요 알려줘 처음_봄 괜찮네 멋있다 그립다 귀엽다 레전드 기대된다
    """,
    "who": "나 우리 친구 동생 형 누나 언니 오빠 엄마 아빠 할머니 선생님 사장님 옆집 스트리머 방장 매니저 시청자 팀원 상대 그_선수 유튜버 저_배우",
    "when": "오늘 어제 내일 방금 아까 지난주 이번_주말 작년 올해 아침에 점심에 저녁에 밤에 지금 요즘 예전에 학교에서 회사에서 집에서",
    "n": "1 2 3 4 5 6 7 8 9 10 12 15 18 20 28 30 50 81 88 100 108 118 180 188 218 818 1004 1818 2818 8282",
}

FAMILIES = {
    "compound": (
        9,
        "{c}|{c} {tail}|{c} {tail}|{c}[이/가] 뭐예요|{c} 뜻 아는 사람|{when} {c} 얘기 나옴|{who}[은/는] {c} 좋아함|아 {c} ㅋㅋㅋ|"
        "{c} 보고 왔어요|{c}[으로/로] 검색해봐|{when} {c} 봤음|{c} 사진 올려줘|{c}[이/가] 이렇게 나오네|{c}[은/는] 처음 들어봄|{c} 관련 영상 있나요|"
        "{c}[을/를] 그렇게 부르는구나|{when} {c} 갔다 옴",
        {
            "c": """
            시발점 시발역 시발택시 시발자동차 시발노선 시발지 시발열차 새끼손가락 새끼발가락 새끼줄 새끼치기 새끼고양이 새끼곰 새끼돼지 새끼오리 새끼양 새끼발톱 새끼손톱 십팔번 이십팔일 십팔기 보지도
            가지도 걸레질 물걸레 걸레받이 손걸레 대걸레 젖소 젖병 젖니 창녕 창녕군 조까지 개나리 개발자 개념글 개막전 개구리 개인방송 개학 번개 조개 베개 무지개 개미핥기 개살구 개머루 개망초
            개불 개불알꽃 개다래 개떡 개고생 호로록 호로비츠 사까시마 엿기름 엿가락 엿장수 고자질 고자세 불알친구 알까기 애자일 장애물 장애인주차장 정신병원 병동 한남동 한남대교 한남대 한남역
            홍어삼합 홍어무침 흑인음악 게이트 게이밍 게이머 게이지 게이샤커피 게이츠 급식실 급식판 급식비 섹션 섹터 씹는맛 곱씹기 씨앗 씨름 씨감자 씨암탉 변태과정 변기 생선대가리
            쓰레기통 쓰레기봉투 벌레잡이 바퀴벌레약 무당벌레 책벌레 암내 암컷 수컷 니미츠 애미상 에미상 자위대 보지락 잠자지 성기사 성기훈 음부즈만 옴부즈만 정액제 월정액 정액권 고추장
            풋고추 청양고추 유방암검진 항문외과 후장파 자살골 강간다리 건강간식 노무사 노무현로 일베르토 운지버섯 발기인 발기대회 발기부 시발수수료 신병훈련소 신병교육대 병신자호 육갑자 육십갑자
            존나단 좇다 뒤져보기 꺼져가는_불 닥쳐온_위기 땅따먹기 자지러지다 호구조사 보호구역 호구지책 등신대 등신불 염병예방법 전염병 감염병 지랄탄 오지랖 머저리나무 쌍둥이 쌍쌍바 쌍년도 쌍화탕
            빨대 빨래 짱구 검둥개 김치찌개 된장찌개 된장국 짱아찌 쪽빛 쪽파 병맛 병뚜껑 미친듯이 찐빵 찐감자 틀니 딱따구리 맘마미아 충전기 충청도 노답노트 애비규환 에비앙 에비중
            """,
        },
    ),
    "young": (
        5,
        "{b} 새끼 {t}|새끼 {b} {t}|{b} 새끼들 {t}|어미 {b}[이/가] 새끼를 {v}|{b}[은/는] 새끼를 {k}마리 낳아?|{b}[이/가] 새끼 {k}마리 {v}|"
        "다큐에서 {b} 새끼 {t}|동물원 {b} 새끼 보러 가자|{b} 새끼 이름 뭐야|{b} 새끼 밥 주는 거 봤어|{b}[이/가] 자기 새끼를 {v}|새끼 {b} {k}마리 {t}|"
        "갓 태어난 {b} 새끼 {t}|우리 집 {b} 새끼 낳았어요|새끼 밴 {b} {t}|제 새끼 챙기는 {b} {t}|{b} 어미랑 새끼 {t}",
        {
            "b": """
            고양이 강아지 곰 사자 호랑이 펭귄 토끼 여우 늑대 오리 참새 제비 사슴 물개 돌고래 원숭이 다람쥐 거북이 말 소 양 닭 기린 코끼리 하마 수달 너구리 판다 고래 캥거루 코알라 염소
            치타 표범 악어 뱀 햄스터 고슴도치 알파카 낙타 당나귀 두더지 박쥐 족제비 까치 독수리 부엉이 백조 타조 진돗개 들개 길냥이 북극곰 물범 반달곰
            """,
            "t": """
            귀엽다 너무_귀여움 봤어? 어디_있어 걸어가네 졸졸_따라감 자고_있음 젖_먹는_중 우는_소리 처음_봄 물에_빠졌다 구조함 키우고_싶다 많이_컸네 눈_떴다 ㅠㅠ 영상_좀 나옴 데려가네
            지키는_중 불쌍해 만지지_마세요 잘_큰다 사진
            """,
            "v": "낳았대 핥아줘 지킨다 데리고_다님 숨겨놨음 물고_감 잃어버렸대 키우는_중 품고_있음 돌보네 먹이네 찾는_중",
            "k": "두 세 네 다섯 여섯 열",
        },
    ),
    "finger": (
        2,
        "새끼{f} {t}|{who} 새끼{f} {t}|{when} 새끼{f} {t}|새끼{f}[이/가] {t}|약속 새끼손가락 걸자|새끼손가락 걸고 약속|왼쪽 새끼{f} {t}|"
        "오른쪽 새끼{f} {t}|새끼줄 꼬는 법|새끼 꼬기 체험 {tail}|짚으로 새끼 꼬는 중",
        {
            "f": "손가락 발가락 손톱 발톱",
            "t": "다쳤어 부딪힘 아파 부었어 짧다 찧음 안_움직여 걸자 골절이래 테이핑함 길다 간지러워 까졌네 저림",
        },
    ),
    "years": (
        4,
        "{y} 병신년|{y} 병신년 {t}|병신년 {t}|병신년[은/는] {y}|{y}[이/가] 병신년 맞죠|{a}년 다음[은/는] {z}년|{z}년 {t}|{y}[은/는] {z}년|"
        "{y} {z}년 {t}|{z}년생 {t}|병신년에 {t}|올해[은/는] {z}년|병신일주 {t}|병신월 병신일 {t}|사주에 병신 {t}|을미년 병신년 정유년 순서|병신일간 {t}|"
        "병신년 붉은 원숭이 {t}|{y} 병신년 새해 {t}",
        {
            "y": """
            1416년 1476년 1536년 1596년 1656년 1716년 1776년 1836년 1896년 1956년 2016년 2076년 조선_시대 고려_때 할머니_태어난_해 그해 다음_해
            """,
            "t": """
            무슨_띠야 원숭이띠 역사책에_나옴 태어남 기록 새해_복_많이 일기 사주_봐줘 운세 달력 해설 시험에_나옴 언제_또_와 맞나요 60년마다_옴 실록에_있음 이후_사건 출생 풀이 뜻
            """,
            "a": "갑오 을미 병신 정유 무술 기해",
            "z": "을미 병신 정유 무술 기해 경자 신축 임인 계묘 갑진 을사 병오 정미 무신 기유 경술 신해 임자 계축 갑인 신미 임신 계유 갑술 을해 병자 정축 기축 신묘 병진",
        },
    ),
    "travel": (
        2,
        "시발 {t} {v}|{t} 시발역 {v}|{t}[이/가] 시발역에서 출발|시발점이 {p}[이/가]지|{p}[은/는] {t} 시발점|{t} 시발 정류장 {v}|{t} 시발지 종착지 확인|"
        "{p} 시발 {t} {v}|그 사건의 시발점 {v}|갈등의 시발점[은/는] 이거|모든 일의 시발점|유행의 시발이 된 노래|옛날 시발 자동차 {v}|{p}에서 시발하는 {t}",
        {
            "t": "기차 열차 버스 전철 지하철 막차 첫차 고속버스 KTX 시내버스 무궁화호 SRT 1호선 급행",
            "v": "몇_시야 어디 자리_있음? 맞나 여기임 확인 보인다 알려줘 지났나 시간표",
            "p": "서울역 부산역 용산 광주 대전 청량리 인천 수원 목포 강릉",
        },
    ),
    "game": (
        6,
        "{g} 먼저 {k}|{g} {d}|아 {g} 또 {d}|{g} {k}|빨리 {g} {k}|{g}한테 죽을 뻔|{g} 목 따자|{g} 뒤통수 조심|{g} 막타 내가 죽임|"
        "{g} {n}번 잡음|{g}[을/를] {k}|나 {n}번 죽음|{g} 피 {n}남음|{w}[으로/로] {g} {k}|{w} 쏘고 빠져|우리 팀 다 죽음 ㅋㅋ|한 명 죽었어 한 명 남음|"
        "{g} 나오면 죽는다|죽으면 안돼 {g} 못 먹어|{g} 자살했네|{g} 자폭함|{g} 학살 중|{g}[이/가] 날 죽임|{g} 머리 맞춤|헤드샷으로 죽음|{g} 패고 있음|"
        "{w}[으로/로] 때려|{g} 따라가서 죽여|{g} 살려줘|{g} 도망가는 거 죽이자",
        {
            "g": """
            바론 용 미드 탑 원딜 정글 서폿 보스 몬스터 고블린 슬라임 좀비 적 상대 타워 넥서스 미니언 크립 드래곤 저격수 힐러 탱커 법사 오크 마녀 거미 골렘 뱀파이어 중간보스 막보 임포스터
            마피아 시민 크리퍼 엔더맨 스켈레톤
            """,
            "k": "죽여 잡아 죽이자 쏴 때려 물어 조져 처리 녹이자 끊자 따자 터뜨려 죽이고_와 죽여줘 밟아 패자 날려 지워",
            "d": "죽었다 죽네 터졌다 녹았네 죽음 다_죽음 죽었냐 또_죽어 죽을듯 살았다 죽고_시작 자살함 따였네",
            "w": "칼 총 저격 수류탄 활 도끼 궁 스킬 폭탄 미사일 망치 화염병 샷건 권총",
        },
    ),
    "praise": (
        5,
        "개{a}|개{a} ㅋㅋ|와 개{a}|미쳤다 {a}|미친 {a} ㄷㄷ|진짜 {a} 미쳤네|{a} 지린다|{a} 오졌다|폼 미쳤다|{s} 미쳤다|{s} 미쳤네 진짜|와 {s} 미친|"
        "미친 {s}|{s} 돌았다|{s} 살벌하네|핵{a}|존맛|존잘|존예|개존맛|{s} 찢었다|{s} 지리네|{s} 개쩐다|이건 미친 {s}[이/다]야|{who} {s} 미쳤음|"
        "{a}서 기절|{s} 씹어먹음|미친 듯이 {a}|{s} 죽인다|{s} 죽여준다|{s} 죽여주네|겁나 {a}|{s} 사기네|미친듯이 연습하더니 {s} 늘었네|미쳤나봐 {s} 너무 좋아",
        {
            "a": """
            꿀 이득 웃김 귀엽다 재밌다 맛있다 잘한다 멋있다 예쁘다 빠르다 쩐다 좋아 행복 감동 맛집 고수 대박 부럽다 커 많아 비싸 싸 시원해 따뜻해 배불러 졸려 신나 설렘 웃겨 감사 꿀잼 레전드
            힘들다 춥다 덥다 아프다 무섭다
            """,
            "s": """
            실력 연기 노래 폼 컨트롤 에임 비주얼 얼굴 편집 그래픽 스토리 연출 반응속도 텐션 몸매관리 가창력 춤 라이브 경치 국물 맛 날씨 가격 드리프트 반전 운영 한타 수비 골 홈런 음색 고음
            랩
            """,
        },
    ),
    "idiom": (
        4,
        "{w} 죽겠다|{w} 죽을거같아|{w} 죽겠네 ㅠㅠ|아 {w} 미치겠다|{w} 뒤질뻔|{w} 미쳐버림|{w} 미칠것 같아|{w} 죽는 줄|{w} 돌아버리겠네|"
        "{when} {w} 죽는 줄 알았음|{x}|{x} ㅋㅋ|아 {x}|{when} {x}|{who}[은/는] {x}",
        {
            "w": """
            배고파 졸려 더워 추워 심심해 귀여워 보고싶어 웃겨 궁금해 힘들어 피곤해 떨려 좋아 배불러 답답해 아파 긴장돼 무서워 바빠 외로워 설레 목말라 가려워 지루해 어지러워 부끄러워 다리_아파
            허리_아파 시험_때문에 숙제_때문에 일_많아서
            """,
            "x": """
            멍_때리는_중 골_때리네 뒤통수_맞음 기가_막힌다 목_빠지게_기다림 속_터진다 배꼽_빠짐 간_떨어질_뻔 눈_빠지겠다 심장_터질뻔 머리_터지겠네 죽이_되든_밥이_되든 죽으나_사나
            쥐_죽은_듯_조용 호박죽_먹는_중 팥죽_맛있다 죽도_밥도_아님 장작_패는_중 못_박는_중 도시락_싸는_중 엄마가_등짝_때림 기죽지_마 풀죽어_있네 죽마고우 숨_죽이고_봄
            죽기_전에_꼭_볼_영화 불멍_때림 엿_먹는_중 떡_먹는_중 빵_터졌다 가격_싸다 시간_죽이는_중 불_꺼져있음 화면이_꺼져요 컴퓨터가_자꾸_꺼져 촛불이_꺼져간다 위기가_닥쳐옴
            시험이_닥쳐서_공부 가방_뒤져봄 서랍을_뒤져도_없어 주머니_뒤져봐 영향을_미친_사람 기대에_못_미친_영화 미친_영향 감_따먹기 사과_따먹었다 빨래_빨아야_함 걸레_빨았어 더러운_걸레_버림
            껌_씹는_중 고기_씹다_이_아픔 곱씹어_보면 소_젖_짜기 비에_젖은_옷 젖은_머리 이놈의_더위 그놈_목소리_봤어 놈놈놈_재밌음
            """,
        },
    ),
    "numbers": (
        4,
        "{n}{u} 맞지?|{n}{u}에 하자|{n}{u} 남았다|벌써 {n}{u}|{n}{u} 가자|{n}{u} {tail}|{h}시 {m}분 {t}|{h}시 발{b}|{h}시에 발{b}|"
        "{n}번 버스 {t}|{n}위 달성|{n}대{n} 비김|{when} {n}{u}|{n}:{n}|{n} {n} {n}|내 번호 {n}-{n}|{n}{u} {who}|나이 {n}살|"
        "{n}{u}짜리 {tail}",
        {
            "u": "일 번 살 층 개 명 원 만원 시간 분 초 점 킬 렙 킬로 번째 등 회 판 골드 cm kg 화 호 쪽 학년 주년 차 도 퍼 월 단계 장",
            "h": "1 2 3 7 8 9 10 12 18 22",
            "m": "8 10 18 28 38 48",
            "t": "시작 출발 도착 맞음? 방송 놓침 ㄱㄱ 알람 예약",
            "b": "표 매 송 사 차 행",
        },
    ),
    "english": (
        5,
        "{e}|i live near {e}|is it {e} or not|new {e} video|{e} is a real word|love the {e}|chat what is {e}|"
        "playing {e} today|{e} gg|what does {e} mean|{e} is so good|my {e} is broken|you can buy {e} here|"
        "read about {e} in school|that {e} tho|lol {e}|the {e} part was nice|he said {e} right",
        {
            "e": """
            Scunthorpe Essex Sussex Middlesex Cockburn Dickens peacock cocktail Hancock shiitake assassin class
            classic passion bass grass embarrass cumulative document circumstance analysis therapist grape drapes
            title competition constitution button Uranus Saturn raccoon cocoon tycoon snigger Niger Nigeria Dickson
            Moby-Dick hoedown shoe canal manual sextant sexton pussycat pussywillow niggling retardant
            fire-retardant flame-retarder spicy spice kraut sauerkraut Matsushita Fukuoka Phuket Penistone Clitheroe
            Lightwater homogenous cockpit cockatoo cockroach woodcock hitchcock assignment assist assume assemble
            bassist glass brass mass passport compass harass ambassador cassette potassium massage pass
            assets cucumber accumulate cumin scum-villain titanium petite titmouse constitute
            dictionary predict addict dickory swallow sucker-punch succulent lollipop pitch stitch witch switch
            hitch basement basil analog banal canalboat arsenal parse sparse arsenic coarse swastika-history
            shuttlecock nuke bombastic shih-tzu shitzu mishit fagotto faggoting-stitch vaccine snatch crack cracker
            horehound shore ashore hoist hoax homework homonym homo-sapiens transit transform lesbos organ organism
            erection-of-the-tower specialist socialist socialism rapeseed scrape drape skyscraper therapy grapefruit
            pornic spectacle testicular-exam breast-cancer chicken-breast
            """,
        },
    ),
    "english-chat": (
        4,
        "{x}|{x} lol|bro {x}|{x} streamer|omg {x}|{x} man|{x} today|haha {x}|ok {x}|{x} pls|wow {x}|{x} chat",
        {
            "x": """
            you_killed_it killing_it_today that_was_sick insane_play this_boss_is_killing_me im_dead
            kill_the_dragon_first shoot_him_now what_a_beast die_already_boss nuke_the_base he_is_on_fire crazy_good
            damn_nice holy_moly kill_the_mid blow_up_the_tower dont_die i_keep_dying you_destroyed_them
            this_game_is_hard the_lag_is_bad bad_luck so_close unlucky you_lost_again that_was_a_bad_play
            i_hate_this_level hate_mondays stupid_bug my_dumb_cat this_trash_can_is_full garbage_truck monkey_island
            pigs_are_cute black_screen white_team_won black_cat asian_food indian_music gay_pride_parade
            muslim_holiday jewish_museum german_bread mexican_food women_world_cup girls_team boys_band
            please_be_nice no_swearing_please dont_be_rude stop_insulting_people headshot clutch_play go_next
            one_more_game good_night brb afk gl_hf ez_game gg_wp nice_try poor_guy crazy_fast mad_skills sick_beat
            wicked_cool dope_track
            """,
        },
    ),
}
