/** Ordinary chat, written for this test: loud, laughing, short, technical, and never worth a mark. */
export const INNOCENT_LINES: readonly string[] = `
안녕하세요
ㅎㅇ
ㅎㅇㅎㅇㅎㅇ
ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ
ㅋㅋㅋㅋㅋㅋㅋㅋ아니 저걸 저렇게 한다고?ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ
ㅋㅋㅎㅋㅋㅎㅋㅎㅋㅎㅋㅎㅋㅋㅋㅎㅋㅎㅋㅎ
ㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠㅠ
ㅠㅜㅠㅜㅠㅜ 너무 슬프다 ㅠㅜㅠㅜㅠㅜㅠㅜ
ㄷㄷㄷㄷㄷㄷㄷㄷㄷㄷ
ㅁㅊㄷㅁㅊㄷ 폼 미쳤다
ㅇㅈ 또 ㅇㅈ
ㄹㅇㅋㅋ
ㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱㄱ
와아아아아아아아아아아아아아아아
나이스!!!!!!!!!!!!!!!!!!!!!!!!!!
????????????????????????
?????? 이게 된다고 ??????
.............
아니 진짜...... 할 말이 없네......
네~~~~~~~~~~~~~~
안녕하세용~!~! 오늘도 화이팅이에요^^
^^;;;;;;
ㅡㅡ;; 또 졌네
-_-;;; ㅡ.ㅡ
<<<<<<<<< 오늘 생일인 사람
<<< 이 사람 말이 맞음
@달빛여우 님 그거 어디서 샀어요?
@haru_fox ㄱㅅㄱㅅ
님들 오늘 저녁 뭐 먹음? 1. 치킨 2. 피자 3. 족발
치킨 vs 피자
10/10 (추천)
3:2 역전승 가즈아
1+1=2 아닌가요
50%확률로 성공이면 50%는 실패 아니냐
이번 달 전기요금 38,500원 나왔다ㅋㅋ
2026-05-01 (금) 19:00 시작입니다
[공지] 오늘 방송은 8시에 시작합니다
★ 오늘의 추천 메뉴 ★
♥♥ 항상 응원해요 ♥♥
「달의 노래」 가사 너무 좋다… “기억나니?” 부분
『해치』는 몇 화까지 나왔나요?
ㄴㅇㄱ
ㅇㅅㅇ ㅇㅅㅇ
(ㅇㅁㅇ)!!
٩(ˊᗜˋ*)و 화이팅
(╯°□°)╯︵ ┻━┻
┬─┬ノ( º _ ºノ)
(づ｡◕‿‿◕｡)づ
ʕ•ᴥ•ʔ 곰이다
✧*。٩(ˊωˋ*)و✧*。
👍👍👍👍👍
😂😂😂😂 아 배아파
🎉🎉 생일 축하해요 🎂🎂
❤️🧡💛💚💙💜
👨‍👩‍👧‍👦 가족끼리 보기 좋다
1️⃣2️⃣3️⃣ 골라주세요
🇰🇷 대한민국 🇰🇷 파이팅 🇰🇷
GG
GG WP
gg wp everyone
LCK 결승 T1 GEN 누가 이길까
RTX 5090 NVIDIA 공식 가격 나왔음?
CPU GPU RAM SSD HDD 다 바꿨음
USB HDMI DP 다 꽂아봤는데 안 됨
OMEGALUL OMEGALUL OMEGALUL OMEGALUL
KEKW KEKW KEKW
LETSGOOOOOOOOOOOO
AAAAAAAAAAAAAAAAAAAAA
ZZZZZZZZZZZZZZZZZZZZZZ
wwwwwwwwwwwwwwwwww
HAHAHAHAHAHAHAHAHAHA
hahahahahahahahahahahahahaha
lolololololololol
LMAO that was NOT supposed to happen
WHAT A PLAY
OMG NO WAY
NOOOO WHY
IKR
what does AFK BRB mean
I love this song so much <3
<3 <3 <3
:) :D :P xD
:'( why
>.< so cute
o_O ?!
brb, getting some water
is it 3:00 or 3:30?
that's a 10/10 from me!!!
can't wait... it's been 2 years!
100% agree (but only a little)
wait, wait, wait, wait
go go go go go
no no no no no no
ok ok ok
좋아 좋아 좋아 좋아
가자 가자 가자
제발 제발 제발 제발 제발
이겨라 이겨라 이겨라 이겨라
둘 셋 둘 셋
아아 마이크 테스트 아아 들리나요
으아아아아아아아아아아악
Pokémon é muito bom
Tiếng Việt của bạn giỏi quá
ありがとうございます！！
こんばんは〜〜〜 今日もよろしく
你好，很高兴认识你
ขอบคุณมากครับ
спасибо за стрим
شكرا جزيلا
C:\\Users\\haechi 에 설치하세요
for (let i = 0; i < 10; i++) { sum += i }
git commit -m "fix" 하고 push
if (a && b) || c
x^2 + y^2 = r^2
f(x) = ax + b
아메리카노 2잔이요 (아이스 1, 핫 1)
비밀번호는 특수문자(!@#$%) 하나 이상 넣어야 돼요
%%%%%% 할인 중
~_~ 졸려
---------- 여기까지 읽음 ----------
━━━━━━━━━━ 절취선 ━━━━━━━━━━
▶ 다음 곡 ▶ 밤하늘
■ 1교시 국어 ■ 2교시 수학
→ → ↓ ↘ + 주먹
↑↑↓↓←→←→BA
♩♪♬ 라라라 ♬♪♩
로딩중 ████░░░░ 50%
🟩🟨⬜⬜⬜
v1.2.3 나왔어요
소수점은 3.14 까지만
그래.근데 말이야.왜
오전.오후 다 됩니다
me@example.org 로 보내 주세요
`
  .split('\n')
  .filter((line) => line !== '')
