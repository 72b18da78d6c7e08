import type { Term } from './channel-settings.js'

/**
 * Compounds that contain a swear word's letters and never mean it where a word begins: `새끼돼지 두 마리`, not
 * `이새끼돼지냐`. Each discounts only its own span: `시발점` is innocent, `시발점 시발` is not.
 */
const INNOCENT_COMPOUNDS = [
  ...['새끼손가락', '새끼발가락', '새끼손톱', '새끼발톱'],
  ...['새끼고양이', '새끼강아지', '새끼토끼', '새끼호랑이', '새끼펭귄', '새끼거북이', '새끼돼지'],
]

/** The same, but what may follow them makes other words: `시발 점수`, `시바 이 누구`, `병신 처분해라`. */
const INNOCENT_WORDS = [
  ...['시발점', '시발역', '시발택시', '시발자동차', '시바견', '시바이누'],
  ...['새끼줄', '새끼곰', '새끼오리', '병신정변', '병신일주', '병신처분'],
  ...['병신년생', '병신년(丙申年)', '병신년 새해', '병신년 원숭이', '병신년 원숭이띠'],
  ...['씨 발아율', '씨 발아 온도', '씨 발아 기간', '씨 발아 시간'],
]

/** Names of people, books, plants, birds and dishes. */
const INNOCENT_NAMES = [
  ...['moby dick', 'philip k dick', 'dick van dyke', 'dick cheney', 'dick clark', 'dick turpin'],
  ...['van dyke', 'alan cumming', 'cockburn', 'pussy riot', 'pussy willow', 'pussy willows'],
  ...['blue tit', 'coal tit', 'cock a doodle doo', 'spotted dick', 'faggots and peas'],
]

const allowed =
  (place: NonNullable<Term['place']>) =>
  (text: string): Term => ({
    kind: 'allow-here',
    text,
    author: 'haechi',
    place,
  })

export const DEFAULT_TERMS: readonly Term[] = [
  ...INNOCENT_COMPOUNDS.map(allowed('word-start')),
  ...[...INNOCENT_WORDS, ...INNOCENT_NAMES].map(allowed('word')),
]
