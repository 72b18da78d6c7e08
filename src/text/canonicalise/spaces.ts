import { cut, edited, editOf } from '../edit.js'
import { codePointAt, type MappedText } from '../mapped-text.js'
import { isSpace } from './letters.js'

/** One space between words, none at the ends. */
export const squeezeSpaces = (text: MappedText): MappedText => {
  const edit = editOf(text)
  const n = text.codePoints.length
  for (let start = 0, end = 0; start < n; start = end + 1) {
    for (end = start; isSpace(codePointAt(text, end)); ) end += 1
    const kept = start === 0 || end === n ? 0 : 1
    if (end - start > kept) cut(edit, start + kept, end)
  }
  return edited(edit)
}
