/** Styled letters that NFKC leaves alone: small capitals, negative circled and squared letters, strokes. */
const PAIRS =
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg øo łl đd ħh ŧt ƒf ɨi ʉu ɐa ɔc ǝe ɥh ʞk ɯm ɹr ʇt ʌv ʍw ʎy'

const alphabets = [0x1f150, 0x1f170].flatMap((first) =>
  Array.from({ length: 26 }, (_, letter): [number, number] => [first + letter, 0x61 + letter]),
)

const strokes = PAIRS.split(' ').flatMap((pair): [number, number][] => {
  const [styled = '', letter = ''] = Array.from(pair)
  return [
    [styled.charCodeAt(0), letter.charCodeAt(0)],
    [styled.toUpperCase().charCodeAt(0), letter.toUpperCase().charCodeAt(0)],
  ]
})

/** Styled code point -> the ASCII letter that is read. */
export const STYLED: ReadonlyMap<number, number> = new Map([...alphabets, ...strokes.reverse()])
