import type { FilterEvidence } from '../../domain/filter-evidence.js'
import { kindOf, type Message, type Role } from '../../domain/message.js'
import { findUrls } from '../../text/canonicalise/mask-patterns.js'
import { MAX_CODE_POINTS } from '../../text/views.js'
import { overCount } from './filter.js'

/** Lets one user post links for a while. */
export interface LinkPermit {
  readonly userId: string
  /** RFC 3339; compared with event time. */
  readonly until: string
  readonly author: string
}

export interface LinksSettings {
  /** Also their subdomains. */
  readonly permitDomains: readonly string[]
  readonly permits: readonly LinkPermit[]
  readonly permitRoles: readonly Role[]
}

export const DEFAULT_LINKS: LinksSettings = { permitDomains: [], permits: [], permitRoles: ['vip'] }

const MAX_DETAIL = 100
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu
// In any script, as browsers read it; the bare names of `findUrls` are Latin. Two may be glued together.
const WITH_SCHEME = /(?:https?:\/\/|www\.)(?:(?!https?:\/\/)\S)+/giu
const MARKS_AFTER = /(?<![\p{P}\p{S}])[\p{P}\p{S}]+$/u
const MAIL = /^[\w.%+-]+@[\w-]+(?:\.[\w-]+)+$/
/** `a.com으로`: a particle. In the middle of a name Hangul is part of it. */
const PARTICLE = /^([^/?#]*:\/\/[^/?#]*[a-z0-9])[가-힣]+(?=[/?#]|$)/i
const SCHEME = /^https?:\/\//i

/** The host that a browser would go to; null for a mail address. */
const hostOf = (found: string): string | null => {
  const link = found.replace(MARKS_AFTER, '')
  if (MAIL.test(link)) return null
  const url = (SCHEME.test(link) ? link : `http://${link}`).replace(PARTICLE, '$1')
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : ''
}

const hostsIn = (text: string, limit: number): readonly string[] => {
  // Full-width letters and ideographic full stops are what they stand for, to a browser too.
  const plain = text
    .slice(0, limit)
    .replace(IGNORABLE, '')
    .normalize('NFKC')
    .slice(0, limit)
    .replaceAll('。', '.')
  if (!plain.includes('.') && !plain.includes('://')) return []
  const links = plain.match(WITH_SCHEME) ?? []
  const rest = plain.replace(WITH_SCHEME, ' ')
  const bare = [...findUrls(rest)].map(([start, end]) => rest.slice(start, end))
  return [...links, ...bare].flatMap((link) => hostOf(link) ?? [])
}

const isPermitted = (host: string, domains: readonly string[]): boolean =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`))

const hasPermit = ({ author, sentAtMs }: Message, { permits, permitRoles }: LinksSettings): boolean =>
  author.roles.some((role) => permitRoles.includes(role)) ||
  permits.some(({ userId, until }) => userId === author.id && sentAtMs < Date.parse(until))

/** Links to places that the channel does not permit, from people whom it does not permit. */
export const findLinks = (message: Message, settings: LinksSettings): FilterEvidence | null => {
  const limit = 2 * MAX_CODE_POINTS[kindOf(message.source)]
  const foreign = hostsIn(message.text, limit).filter((host) => !isPermitted(host, settings.permitDomains))
  const [first] = foreign
  return first === undefined || hasPermit(message, settings)
    ? null
    : overCount('links', foreign.length, 1, first.slice(0, MAX_DETAIL))
}
