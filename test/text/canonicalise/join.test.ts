import { expect, test } from 'vitest'
import { joinSeparated } from '../../../src/text/canonicalise/join.js'
import { renderText } from '../../../src/text/special-tokens.js'
import { after, mapped, viewsOf } from '../texts.js'

test.each([
  ['시1발', '시발'],
  ['시.발', '시발'],
  ['시 발', '시발'],
  ['시 . 발', '시발'],
  ['씨🤬발', '씨발'],
  ['개🤬🤬🤬🤬새끼', '개새끼'],
  ['시ㅋㅋ발', '시발'],
  ['병x신', '병신'],
  ['개1새1끼', '개새끼'],
  ['개새.끼야', '개새끼야'],
  ['병.신 새.끼', '병신 새끼'],
  ['미 친 놈', '미친놈'],
  ['아 시 발 왜이래', '아시발 왜이래'],
  ['개 새 끼야', '개새끼야'],
  ['시 발새끼', '시발새끼'],
  ['병 신같이', '병신같이'],
  ['개새☆끼들아', '개새끼들아'],
  ['시Kappa발놈', '시발놈'],
  ['시abcd발', '시발'],
  ['시 LUL 발', '시발'],
  ['시 4Head 발', '시발'],
  ['시:smile:발', '시발'],
  ['등 :heart: 신아', '등신아'],
  ['병 {:d_47:} 신 {:d_47:} 들아', '병신들아'],
  ['지 :) 랄하네', '지랄하네'],
  ['한 <3 남들', '한남들'],
  ['멍 xD 청이', '멍청이'],
  ['멍 😂 청이 진짜', '멍청이 진짜'],
  ['대 PogChamp 가리 KEKW 백 :_hi: 수', '대가리백수'],
  ['쓰(하트)레(웃음)기야', '쓰레기야'],
  ['시(하트)발(하트)', '시발(하트)'],
  ['시 :heart_eyes: :+1: 발', '시발'],
  ['시 :face-blue-smiling: 발', '시발'],
  ['쓰 ❤ 레기', '쓰레기'],
  ['fu1ck', 'fuck'],
  ['bast*ard', 'bastard'],
  ['t l q k f야', 'tlqkf야'],
  ['ㅅ ㅂ', 'ㅅㅂ'],
  ['f*u*c*k', 'fuck'],
  ['s::h::i:t', 'shit'],
  ['fu:ck: you', 'fuck you'],
  ['시:x:발', '시발'],
  ['시:8ball:발', '시발'],
  ['s.h.i.t', 'shit'],
  ['f u c k', 'fuck'],
  ['fu-ck', 'fuck'],
])('%s joins to %s', (raw, joined) => {
  expect(after(joinSeparated, raw)).toBe(joined)
})

test.each([
  '다시 발표',
  '저기 끼니 챙겨',
  '이 게임은 좋다',
  '시 발로란트',
  '나LCK보고싶다진짜',
  'part1Name',
  '역시 발로란트',
  '시 발표',
  '그래.알았어',
  '안녕, 반가워!',
  '3판 2승',
  '3판2승',
  '10시 8분',
  '10시8분',
  '10시 시작',
  '2시 반',
  'ㅋㅋ 1등',
  'ㅠ.ㅠ',
  'ㅇ.ㅇ',
  'ㄷ ㄷ',
  '아ㅋㅋ 뭐야',
  '시 4 발',
  '역시 Kappa 발 빠르네',
  '오늘 LUL 방송',
  '오늘 :heart: 방송',
  '좋은 날 LUL 오늘방송최고',
  '3시 <3 방송',
  '끝. :) 내일봐',
  '굿♥ 오늘도',
  '굿😂 오늘도',
  '또 😂 라이브?',
  '또 SKT 라이벌 구도네',
  '한 DVD 남은거',
  '자 😭 살려줘',
  '왜 FOX임?',
  '와 DRX가 이겼음',
  '역시!DRX발',
  '저 TTS 진짜 이상해',
  '안녕(하트)',
  '그래......😂알아',
  '개 🐕 새끼 낳았대',
  '찐 👍 따봉 드립니다',
  '병 🍾 신상 나왔다',
  '닭 🐔 새끼',
  '닥 Doctor 치료',
  '미 NASA 친구',
  '나:D 너:P',
  '(하트)',
  "don't it's we'll",
  't1 2vs2',
  'well-known',
  'a b',
])('%s stays', (raw) => {
  const text = mapped(raw)

  expect(joinSeparated(text)).toBe(text)
})

test('emotes between lone syllables are left out', () => {
  const emotes = [{ id: '25', start: 2, end: 7 }]

  expect(viewsOf('시 Kappa 발', emotes).joined).toBe('시발')
})

test('a span over what was joined covers the gap', () => {
  const joined = joinSeparated(mapped('야 시..발'))

  expect(renderText(joined)).toBe('야 시발')
  expect([joined.starts[2], joined.ends[3]]).toEqual([2, 6])
})

test.each([
  ['ㄱㅅ3ㅊ', 'ㄱㅅㅊ'],
  ['ㅈㅅ!ㅎ', 'ㅈㅅ!ㅎ'],
  ['미네;;ㄷ', '미네;;ㄷ'],
  ['ㅇㅋ;;ㄷ', 'ㅇㅋ;;ㄷ'],
])('a mark or two between initials: %s reads %s', (raw, joined) => {
  expect(after(joinSeparated, raw)).toBe(joined)
})
