import type { Term } from './channel-settings.js'

/**
 * Compounds that contain a swear word's letters and never mean it. Each discounts only its own span:
 * `시발점` is innocent, `시발점 시발` is not.
 */
const INNOCENT_COMPOUNDS = [
  '시발점',
  '시발역',
  '시발택시',
  '시발자동차',
  '새끼손가락',
  '새끼발가락',
  '새끼손톱',
  '새끼줄',
  '새끼고양이',
  '새끼강아지',
  '새끼돼지',
  '새끼곰',
  '새끼오리',
  '병신정변',
  '병신일주',
  '병신처분',
]

export const DEFAULT_TERMS: readonly Term[] = INNOCENT_COMPOUNDS.map((text) => ({
  kind: 'allow-here',
  text,
  author: 'haechi',
}))
