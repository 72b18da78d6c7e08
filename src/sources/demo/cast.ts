import type { Role } from '../../domain/message.js'

export type DemoLanguage = 'ko' | 'en'

export interface DemoChannel {
  readonly id: string
  readonly name: string
  readonly kind: 'chat' | 'board'
  readonly language: DemoLanguage
}

export interface DemoUser {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
}

export const KOREAN_CHAT: DemoChannel = { id: 'demo-ko', name: '해치라이브', kind: 'chat', language: 'ko' }
export const ENGLISH_CHAT: DemoChannel = {
  id: 'demo-en',
  name: 'lanternspeedruns',
  kind: 'chat',
  language: 'en',
}
export const BOARD: DemoChannel = { id: 'demo-board', name: '자유게시판', kind: 'board', language: 'ko' }

const KOREAN_FIRST = [
  '졸린',
  '배고픈',
  '새벽',
  '동네',
  '주말',
  '초코',
  '민트',
  '구름',
  '비오는',
  '늦잠',
  '고구마',
  '단풍',
]
const KOREAN_LAST = ['너구리', '수달', '식빵', '감자', '고래', '다람쥐', '라떼', '펭귄', '호떡', '두더지']
const ENGLISH_FIRST = ['quiet', 'lucky', 'pixel', 'rusty', 'mellow', 'turbo', 'sleepy', 'copper']
const ENGLISH_LAST = ['otter', 'toast', 'comet', 'badger', 'waffle', 'kestrel', 'pickle', 'lamp']

const rolesOf = (index: number): readonly Role[] => {
  if (index % 29 === 7) return ['moderator', 'subscriber']
  if (index % 23 === 5) return ['vip']
  if (index % 17 === 3) return ['first-time']
  return index % 3 === 0 ? ['subscriber'] : []
}

const crowd = (prefix: string, first: readonly string[], last: readonly string[]): readonly DemoUser[] =>
  first.flatMap((head, row) =>
    last.map((tail, column) => {
      const index = row * last.length + column
      return { id: `${prefix}-${1000 + index * 37}`, name: `${head}${tail}`, roles: rolesOf(index) }
    }),
  )

export const KOREAN_CROWD = crowd('ko', KOREAN_FIRST, KOREAN_LAST)
export const ENGLISH_CROWD = crowd('en', ENGLISH_FIRST, ENGLISH_LAST)

export interface Offender {
  readonly user: DemoUser
  readonly language: DemoLanguage
}

/** The few users who cross the line again and again. */
export const OFFENDERS: readonly Offender[] = [
  { user: { id: 'ko-90017', name: '불꽃키보드', roles: [] }, language: 'ko' },
  { user: { id: 'ko-90054', name: '익명의도토리', roles: ['first-time'] }, language: 'ko' },
  { user: { id: 'ko-90091', name: '새벽세시반', roles: ['subscriber'] }, language: 'ko' },
  { user: { id: 'ko-90128', name: 'qwer7942', roles: [] }, language: 'ko' },
  { user: { id: 'ko-90165', name: '그냥지나가던', roles: [] }, language: 'ko' },
  { user: { id: 'en-90202', name: 'saltminer88', roles: [] }, language: 'en' },
  { user: { id: 'en-90239', name: 'throwaway_nova', roles: ['first-time'] }, language: 'en' },
]
