import type { ViewName } from '../domain/verdict.js'
import { joinSeparated } from './canonicalise/join.js'
import type { MappedText } from './mapped-text.js'
import { isSpecial } from './special-tokens.js'
import { makeViews } from './views.js'

export interface TermReading {
  readonly codePoints: readonly number[]
  /** Where it is looked for; null: in every view. */
  readonly view: ViewName | null
}

const SPACE = 0x20
/** Views that write a word in fewer letters than it has, so that the term must be read the same way there. */
const FOLDING_VIEWS: ReadonlySet<string> = new Set(['joined', 'phonetic'])

// 시1발 is 시발 with a mark inside; the spaces of a phrase are part of it.
const withoutMarks = (text: MappedText): MappedText =>
  text.codePoints.includes(SPACE) ? text : joinSeparated(text)

/**
 * How a moderator's word is looked for: as canonical text, without marks inside, and as folding views read it.
 * None when nothing is left, or when it holds a mention, link, phone number or price: views hide what those say.
 */
export const readTerm = (text: string): readonly TermReading[] => {
  const { views } = makeViews({ text, emotes: [], kind: 'chat' })
  const canonical = views[0]?.text
  if (canonical === undefined || canonical.codePoints.some(isSpecial)) return []
  const readings = new Map<string, TermReading>()
  const add = ({ codePoints }: MappedText, view: ViewName | null): void => {
    const key = codePoints.join()
    if (codePoints.length > 0 && !readings.has(key)) readings.set(key, { codePoints, view })
  }
  add(canonical, null)
  add(withoutMarks(canonical), null)
  for (const view of views) if (FOLDING_VIEWS.has(view.name)) add(view.text, view.name)
  return [...readings.values()]
}
