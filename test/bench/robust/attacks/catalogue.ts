import type { Attack } from './attack.js'
import { ENGLISH, ENGLISH_HABITS } from './english.js'
import { chatMix, KOREAN_HABITS, mixOfThree } from './habits.js'
import { INSERTIONS } from './insertion.js'
import { INVISIBLE } from './invisible.js'
import { INITIALS, JAMO } from './jamo.js'
import { KEYBOARD, OTHER_SCRIPTS } from './latin.js'
import { ORDER } from './order.js'
import { PHONETIC } from './phonetic.js'
import { MASKS_KO, SHAPES } from './shapes.js'
import { STRETCHES } from './stretch.js'

export const KOREAN_ATTACKS: readonly Attack[] = [
  ...INSERTIONS,
  ...INVISIBLE,
  ...JAMO,
  ...INITIALS,
  ...PHONETIC,
  ...KEYBOARD,
  ...OTHER_SCRIPTS,
  ...SHAPES,
  ...STRETCHES,
  ...MASKS_KO,
  ...ORDER,
  mixOfThree,
]
export const ENGLISH_ATTACKS = ENGLISH

export const KOREAN_MIX = chatMix('chat_mix', KOREAN_HABITS)
export const ENGLISH_MIX = chatMix('en_chat_mix', ENGLISH_HABITS)
export const MIX_DRAWS = 26
