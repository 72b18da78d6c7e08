import { isSyllable } from '../hangul.js'
import { codePointAt, type MappedText, type Range } from '../mapped-text.js'
import { setOf } from './letters.js'

/** Words of one syllable that stand before another word in any sentence: who joins them joins everything. */
const WORDS = setOf(
  '이그저안못잘더다왜뭐난넌내네제나너좀또꼭참한두세첫새맨각매전총몇수것거때아어오와우야응음헐흠막딱쭉확쫌덜늘곧' +
    '님분번명등중후뒤앞옆밑위속밖집밥물술돈말일날달해밤낮줄듯채척뿐만큼형넵예근원급팀킬딜탑판롤겜쟤얘걔',
)
export const isWordOfOne = (codePoint: number): boolean => WORDS.has(codePoint)

// What follows a noun: particles, the ending of an address, and what makes a name or a verb of it.
const PARTICLE =
  /^(?:들?(?:이|가|은|는|을|를|도|만|의|에|한테|이랑|랑|이나|나|이네|네|이냐|냐|임|인|이다|이야|이지|아|야|이들|라)?|(?:놈|년|당|새끼|자식|같|하|해|했|할|한|떨).*)$/u
const MAX_LETTERS = 8

/** True when the word `start..end` is one syllable with a particle (끼야, 발놈아), so that it may end another word. */
export const isSyllableWithParticle = (text: MappedText, { start, end }: Range): boolean => {
  if (end - start < 2 || end - start > MAX_LETTERS) return false
  let rest = ''
  for (let i = start + 1; i < end; i += 1) {
    if (!isSyllable(codePointAt(text, i))) return false
    rest += String.fromCharCode(codePointAt(text, i))
  }
  return PARTICLE.test(rest)
}
