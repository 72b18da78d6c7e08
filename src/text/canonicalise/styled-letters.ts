/** Styled letters that NFKC leaves alone: small capitals, negative circled and squared letters, strokes. */
const PAIRS =
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ıi øo łl đd ħh ŧt ƒf ɨi ʉu ɐa ɔc ǝe ɥh ʞk ɯm ɹr ʇt ʌv ʍw ʎy'

const alphabets = [0x1f150, 0x1f170].flatMap((first) =>
  Array.from({ length: 26 }, (_, letter): [number, number] => [first + letter, 0x61 + letter]),
)

/** Styled code point -> the ASCII letter that is read. */
export const STYLED: ReadonlyMap<number, number> = new Map([
  ...alphabets,
  ...PAIRS.split(' ').map((pair): [number, number] => [pair.charCodeAt(0), pair.charCodeAt(1)]),
])
