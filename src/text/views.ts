import type { Emote, MessageKind } from '../domain/message.js'
import type { ViewName } from '../domain/verdict.js'
import { resolveBidi } from './canonicalise/bidi.js'
import { collapseRuns } from './canonicalise/collapse.js'
import { composeJamo, mayCompose } from './canonicalise/compose-jamo.js'
import { halveDoubled } from './canonicalise/doubled-letters.js'
import { mergeDrawnVowels } from './canonicalise/drawn-vowels.js'
import { respaceEnglish } from './canonicalise/english-spaces.js'
import { readHanja } from './canonicalise/hanja.js'
import { dropIgnorables } from './canonicalise/ignorables.js'
import { joinSeparated } from './canonicalise/join.js'
import { joinSpelledJamo } from './canonicalise/join-jamo.js'
import { decodeKeyboard } from './canonicalise/keyboard.js'
import { readKeys, type TypedText } from './canonicalise/keyboard-readings.js'
import { respaceKorean } from './canonicalise/korean-spaces.js'
import { readLeet } from './canonicalise/leet.js'
import { readLetterNames } from './canonicalise/letter-names.js'
import { foldLookAlikes } from './canonicalise/look-alikes.js'
import { lowerCase } from './canonicalise/lower-case.js'
import { findSpecials, maskSpecials, readNames, type Special } from './canonicalise/mask.js'
import { isNormal, normalise } from './canonicalise/normalise.js'
import { spellPlainly } from './canonicalise/phonetic.js'
import { readRegionalLetters } from './canonicalise/regional-letters.js'
import { respell, respellSigns } from './canonicalise/respell.js'
import { readRomanised } from './canonicalise/romanised.js'
import { readShapes } from './canonicalise/shape.js'
import { squeezeSpaces } from './canonicalise/spaces.js'
import { dropStrayJamo } from './canonicalise/stray-jamo.js'
import { mergeStretches, squeezeLetters } from './canonicalise/stretch.js'
import { dropTails } from './canonicalise/tails.js'
import { decodeText } from './decode-text.js'
import { type MappedText, readsSame } from './mapped-text.js'

/** Part of a model's contract: changes whenever the same text would give another view. */
export const CANONICALISER_VERSION = '4'

/** Code points that are judged: of a chat line, of anything else. */
export const MAX_CODE_POINTS = { chat: 500, board: 10_000 } as const satisfies Record<MessageKind, number>

export interface View {
  readonly name: ViewName
  readonly text: MappedText
}

export interface TextInput {
  readonly text: string
  readonly emotes: readonly Emote[]
  readonly kind: MessageKind
}

export interface TextViews {
  /** The canonical view first; the others only where they read differently. */
  readonly views: readonly View[]
  /** True when the text goes on after the code points that are judged. */
  readonly truncated: boolean
  /** How many code points of the raw text are judged. */
  readonly codePoints: number
}

// Everything that is the same for all views. Case is kept: the keyboard needs it.
const clean = (masked: MappedText): MappedText =>
  squeezeSpaces(
    isNormal(masked) ? masked : normalise(readRegionalLetters(dropIgnorables(resolveBidi(masked)))),
  )

// Collapsing (시ㅣㅣㅂ -> 시ㅂ) may bring together what composes.
const settle = (composed: MappedText): MappedText => {
  const collapsed = collapseRuns(composed)
  const recomposed = collapsed === composed ? composed : composeJamo(collapsed)
  // What is collapsed already stays as it is.
  return recomposed === collapsed ? collapsed : collapseRuns(recomposed)
}

/** Texts, and how they are scored: in lower case, composed, collapsed. */
type Finished = Map<MappedText, MappedText>

/** Finishes a text, once: several readings often are the same. */
const finish = (finished: Finished, text: MappedText): MappedText => {
  const known = finished.get(text)
  if (known !== undefined) return known
  const settled = settle(composeJamo(lowerCase(text)))
  finished.set(text, settled)
  return settled
}

// What canonical text must keep, because some words are spelled so: 시이발 but 나아가다, fuuuck but good, ffuucckk.
const tighten = (text: MappedText): MappedText =>
  squeezeLetters(halveDoubled(dropTails(mergeStretches(text, 1))))

const join = (text: MappedText): MappedText => joinSeparated(composeJamo(joinSpelledJamo(text)))

/** Signs, digits, letters and ideographs as the jamo, syllables and letters that they are drawn or named like. */
const readDrawn = (folded: MappedText): MappedText => {
  const drawn = readShapes(mergeDrawnVowels(foldLookAlikes(folded, 'whole')))
  return readLeet(readRomanised(readHanja(readLetterNames(drawn))))
}

/** A text, and what the keys of its words type. */
const readTyped = (text: MappedText): TypedText => ({ text, typed: decodeKeyboard(text) })

/** Initials are read before they close a syllable, and after, since some had done so already. */
const respellFinished = (joined: MappedText, finished: Finished): MappedText => {
  const respelled = finish(finished, respell(joined))
  return respelled === joined ? respelled : respell(respelled)
}

/** The words of `settled` (and of `joined`, what it becomes) in plain spelling, whatever was done to them at once. */
const readPlainly = (settled: MappedText, joined: TypedText, finished: Finished): MappedText => {
  const unsigned = respellSigns(settled)
  const { typed } = unsigned === settled ? joined : readTyped(join(unsigned))
  const respelled = respellFinished(typed, finished)
  const plain = spellPlainly(respelled)
  return plain === respelled ? plain : respell(plain)
}

/** Words that were glued together, and those that were taken apart, with their spaces. */
const respace = (text: MappedText): MappedText => respaceKorean(respaceEnglish(text))

/** The text with what names spell; undefined when that is how the other views read it too. */
const rawView = (
  text: MappedText,
  specials: readonly Special[],
  cleaned: MappedText,
): MappedText | undefined => {
  const names = readNames(text, specials)
  if (names.every((words) => words === undefined)) return undefined
  const cleanedNamed = clean(maskSpecials(text, specials, names))
  return readsSame(cleanedNamed, cleaned) ? undefined : cleanedNamed
}

/**
 * The views of a text (pure; never throws): masked, cleaned, lower-cased, each code point mapped to code
 * points of `input.text`. Most lines have one.
 */
export const makeViews = ({ text: raw, emotes, kind }: TextInput): TextViews => {
  const { text, isCut } = decodeText(raw, MAX_CODE_POINTS[kind])
  const specials = findSpecials(text, emotes)
  const cleaned = clean(maskSpecials(text, specials))
  const folded = foldLookAlikes(cleaned, 'mixed')
  const cased = composeJamo(folded)
  const lowered = lowerCase(cased)
  const canonical = settle(lowered)
  const finished: Finished = new Map([[canonical, canonical]])
  const views: View[] = [{ name: 'canonical', text: canonical }]
  const add = (name: ViewName, view: MappedText): void => {
    if (!views.some((other) => readsSame(other.text, view))) views.push({ name, text: view })
  }
  const named = rawView(text, specials, cleaned)
  // Jamo that do not compose at once may do so when runs of them are collapsed.
  if (named !== undefined || folded !== cleaned || mayCompose(folded))
    add('raw', collapseRuns(lowerCase(named ?? cleaned)))
  const unstrayed = dropStrayJamo(folded)
  const loose = tighten(unstrayed === folded ? cased : composeJamo(unstrayed))
  const settled = loose === lowered ? canonical : settle(loose)
  const joined = join(settled)
  add('joined', finish(finished, respace(joined)))
  const onKeys = readTyped(joined)
  const typed = readKeys(folded, onKeys)
  if (typed !== undefined) add('keyboard', finish(finished, typed))
  const drawn = readDrawn(folded)
  if (drawn !== folded) add('shape', finish(finished, drawn))
  // Between syllables an initial looks like a stray jamo.
  const strayed = drawn === folded && unstrayed === folded ? settled : settle(tighten(composeJamo(drawn)))
  const rejoined = strayed === settled ? joined : join(strayed)
  const plain = readPlainly(strayed, rejoined === joined ? onKeys : readTyped(rejoined), finished)
  // What was finished is as `joined` where nothing was respelt.
  if (plain !== finished.get(joined)) add('phonetic', respaceKorean(plain))
  return { views, truncated: isCut, codePoints: text.codePoints.length }
}
