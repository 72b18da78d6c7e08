"""Generates innocent lines that contain what looks like abuse: compounds, names, dates, idioms, game talk.

Templates and fillers are our own; the lines are training material only, and lines that also stand in the list of
lookalikes that judges the model are left out by examples.py.

    PYTHONPATH=models python -m training.neutral --count 20
"""

import argparse
import random

# Korean words in which the letters of a swear word meet by accident.
COMPOUNDS = (
    "시발점 시발역 시발택시 시발자동차 시발노선 새끼손가락 새끼발가락 새끼줄 새끼고양이 새끼강아지 새끼곰 새끼돼지 병신년 병신일주 "
    "무술년 기해년 경자년 신축년 임인년 갑진년 을사년 십팔번 이십팔일 보지도 자지도 가지도 걸레질 물걸레 걸레받이 젖소 젖병 창녕 "
    "조까지 개미 개나리 개발자 개념글 개막전 개구리 개인방송 개학 번개 조개 베개 무지개 꺼져있는 닥쳐온 닥치는대로 "
    "호로록 후장파 사까시마 엿기름 엿가락 엿장수 고자질 고자세 불알친구 알까기 애자일 장애물 장애인주차장 정신병원 병동 "
    "한남동 한남대교 한남대 홍어삼합 홍어무침 흑인음악 게이트 게이밍 게이머 게이지 김치찌개 된장국 맘충분해 충분 급식실 급식판 섹션 섹터 "
    "씹는 씹던 곱씹어 씨앗 씨름 아씨오 변태과정 변기 콩대가리 생선대가리 아가리빙어 "
    "쓰레기통 쓰레기봉투 벌레잡이 바퀴벌레약 거지왕 암내 수컷 암컷 년도 작년 내년 학년 청년 소년 신년"
).split()
PARTICLES = ["", "", "이 ", "은 ", "도 ", "에서 ", "부터 ", "까지 ", " "]
FRAMES = [
    "{c}{p}어디야?",
    "{c}{p}다시 보자",
    "오늘 {c} 얘기 나왔네",
    "{c} 뜻이 뭐예요",
    "{c}{p}설명 좀",
    "아 {c} ㅋㅋㅋ",
    "{c}",
    "{c} 보고 왔어요",
    "{c}{p}좋아하는 사람",
    "{c} 사진 귀엽다",
    "방금 {c}라고 했음?",
    "{c} 나온 영상 링크 좀",
    "{c}{p}갔다 왔음",
    "우리 동네 {c} 유명함",
    "{c} 먼저 하자",
]
GAME = "바론 용 미드 탑 원딜 정글 서폿 보스 몬스터 고블린 슬라임 좀비 적 상대 타워 넥서스".split()
GAME_FRAMES = [
    "{g} 먼저 죽여",
    "{g} 죽었다",
    "{g} 잡아 잡아",
    "아 {g} 또 죽네",
    "{g} 빨리 죽이자",
    "{g} 터졌다",
    "{g} 녹았네",
    "{g} 다 죽음 ㅋㅋ",
    "{g}한테 죽을 뻔",
    "{g} 목 따자",
    "{g} 뒤통수 조심",
    "{g} 폭파 ㄱㄱ",
    "{g} 자폭했네",
    "{g} 머리 쏴",
    "{g} 막타 내가 죽임",
]
GOOD = "꿀 이득 웃김 귀엽다 재밌다 맛있다 잘한다 멋있다 예쁘다 빠르다 쩐다 좋아 행복 감동 맛집 고수 대박".split()
GOOD_FRAMES = [
    "개{a}",
    "개{a} ㅋㅋ",
    "와 개{a}",
    "미쳤다 {a}",
    "미친 {a} ㄷㄷ",
    "와 미친 ㄷㄷ",
    "진짜 {a} 미쳤네",
    "{a} 지린다",
    "{a} 오졌다",
    "{a} 레전드",
    "폼 미쳤다",
    "실력 미쳤다",
    "연기 미쳤고",
    "{a} 찢었다",
    "존맛",
    "핵{a}",
    "{a} 인정",
]
WANT = "배고파 졸려 더워 추워 심심해 귀여워 보고싶어 웃겨 궁금해 힘들어 피곤해 떨려 좋아".split()
WANT_FRAMES = [
    "{w} 죽겠다",
    "{w} 죽을거같아",
    "{w} 죽겠네 ㅠㅠ",
    "아 {w} 미치겠다",
    "{w} 뒤질뻔",
    "{w} 미쳐버림",
    "{w} 쓰러짐",
]
NUMBERS = [
    "18일",
    "18번",
    "18살",
    "8시",
    "18시",
    "1818번 버스",
    "28번",
    "18만원",
    "18층",
    "4885",
    "18개",
    "시 8분",
    "10시 8분",
]
NUMBER_FRAMES = ["{n} 맞지?", "{n}에 하자", "{n} 남았다", "{n}쯤 시작", "벌써 {n}", "{n} 출발 아님?", "{n} 가자"]
SPLIT = [
    "다시 발표",
    "역시 발로란트",
    "혹시 발음",
    "잠시 발열",
    "도시 발전",
    "택시 발견",
    "표시 발급",
    "다시 발견",
    "잘 못한 것",
    "개 이름이",
    "저 새 끼니",
    "수박 씨 발라",
    "아저씨 발 조심",
    "보지 마",
    "자지 마",
]
SPLIT_FRAMES = ["{s} 하네", "{s}", "{s} 했어요", "{s} 언제", "아 {s} ㅋㅋ", "{s}요", "{s} 중"]
ENGLISH = (
    "Scunthorpe Essex Sussex Middlesex Cockburn Dickens peacock cocktail hancock shitake assassin class classic passion bass grass "
    "embarrass cumulative document circumstance analysis therapist grape drapes titan title competition constitution button Uranus "
    "Saturn raccoon cocoon tycoon niggle snigger Niger Nigeria Dickson Moby-Dick hoe-down shoe canal manual sextant sexton Pussycat pussywillow "
    "niggling niggardly retardant retarded-growth fire-retardant flame-retarder spicy spice kraut sauerkraut chink-in-the-armor Matsushita Fukuoka Phuket Penistone Clitheroe Lightwater homogenous cockpit cockatoo"
).split()
ENGLISH_FRAMES = [
    "{e}",
    "i live near {e}",
    "is it {e} or not",
    "new {e} video",
    "{e} is a real word",
    "love the {e}",
    "chat what is {e}",
    "playing {e} today",
    "{e} gg",
]
PRAISE = [
    "you killed it",
    "killing it today",
    "that was sick",
    "insane play",
    "this boss is killing me",
    "im dead lol",
    "kill the dragon first",
    "shoot him now",
    "what a beast",
    "die already boss",
    "nuke the base",
    "he is on fire",
    "crazy good",
    "damn nice",
    "holy moly",
]

ANIMALS = "고양이 강아지 곰 사자 호랑이 펭귄 토끼 여우 늑대 오리 참새 제비 사슴 물개 돌고래 원숭이 다람쥐 거북이 말 소 양 돼지 닭 기린".split()
ANIMAL_FRAMES = [
    "{b} 새끼 귀엽다",
    "{b}가 새끼 낳았대",
    "{b}가 새끼를 데리고 다니네",
    "{b} 새끼들 줄지어 가는 거 봐",
    "어미 {b}랑 새끼 {b} 같이 있음",
    "동물원 {b} 새끼 보러 가자",
    "새끼 {b} 키우고 싶다",
    "{b}가 새끼를 세 마리 낳음",
    "{b} 새끼 보호하는 중",
    "새끼 {b}가 젖 먹는 영상",
    "{b}는 새끼를 몇 마리 낳아?",
    "다큐에서 {b} 새끼 나옴",
]
YEARS = [f"{year}년" for year in (1416, 1536, 1656, 1716, 1776, 1836, 1896, 1956, 2016, 2076)] + [
    "조선 시대",
    "할머니 태어난 해",
    "그해",
    "지난",
]
YEAR_FRAMES = [
    "{y} 병신년",
    "{y} 병신년이었음",
    "{y}이 병신년 맞죠",
    "{y} 병신년에 태어난 사람",
    "{y}은 을미년 다음 병신년",
    "병신년 {y} 기록",
    "병신년이 {y}인가요",
    "{y} 병신년 원숭이띠",
    "{y} 병신년 역사책에서 봄",
]
TRAVEL = "기차 열차 버스 전철 지하철 막차 첫차 고속버스 KTX 시내버스".split()
TRAVEL_FRAMES = [
    "시발 {t} 몇 시야",
    "{t} 시발역 어디",
    "{t}가 시발역에서 출발",
    "시발 {t}라 자리 있음",
    "{t} 시발 정류장 바로 앞",
    "{t} 시발지 종착지 확인",
    "여기가 {t} 시발점",
]

GROUPS = [
    (ANIMAL_FRAMES, "b", ANIMALS),
    (YEAR_FRAMES, "y", YEARS),
    (TRAVEL_FRAMES, "t", TRAVEL),
    (FRAMES, "c", COMPOUNDS),
    (GAME_FRAMES, "g", GAME),
    (GOOD_FRAMES, "a", GOOD),
    (WANT_FRAMES, "w", WANT),
    (NUMBER_FRAMES, "n", NUMBERS),
    (SPLIT_FRAMES, "s", SPLIT),
    (ENGLISH_FRAMES, "e", ENGLISH),
    (["{x}", "{x} lol", "bro {x}", "{x} streamer"], "x", PRAISE),
]
SHARES = [2, 1, 1, 5, 2, 2, 1, 1, 2, 2, 1]


def generate(count: int, seed: int) -> list[str]:
    """Up to `count` different innocent lines; fewer when the templates run out."""
    rng = random.Random(seed)
    lines: dict[str, None] = {}
    for _ in range(count * 20):
        frames, name, fillers = rng.choices(GROUPS, SHARES)[0]
        lines[rng.choice(frames).format(**{name: rng.choice(fillers), "p": rng.choice(PARTICLES)}).strip()] = None
        if len(lines) >= count:
            break
    return list(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2_500, help="lines")
    parser.add_argument("--seed", type=int, default=5, help="seed of the generator")
    args = parser.parse_args()
    print("\n".join(generate(args.count, args.seed)))


if __name__ == "__main__":
    main()
