import type { Term } from './channel-settings.js'

/**
 * Compounds that contain a swear word's letters and never mean it. Each discounts only its own span:
 * `시발점` is innocent, `시발점 시발` is not.
 */
const INNOCENT_COMPOUNDS = [
  ...['시발택시', '시발자동차', '시바견', '시바이누'],
  ...['새끼손가락', '새끼발가락', '새끼손톱', '새끼발톱'],
  ...['새끼고양이', '새끼강아지', '새끼토끼', '새끼호랑이', '새끼펭귄', '새끼거북이', '새끼돼지'],
  ...['병신정변', '병신일주', '병신처분', '병신년생', '병신년(丙申年)', '병신년 새해', '병신년 원숭이'],
]

/** The same, but their last syllable begins other words: `시발 점수`, `시발 역겹다`, `이 새끼 줄게`. */
const SHORT_COMPOUNDS = ['시발점', '시발역', '새끼줄', '새끼곰', '새끼오리']

export const DEFAULT_TERMS: readonly Term[] = [
  ...INNOCENT_COMPOUNDS.map((text) => ({ kind: 'allow-here', text, author: 'haechi' }) as const),
  ...SHORT_COMPOUNDS.map(
    (text) => ({ kind: 'allow-here', text, author: 'haechi', isWholeWord: true }) as const,
  ),
]
