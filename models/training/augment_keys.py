"""Writes Hangul with Latin letters and back: the two-set keyboard layout, romanisation, kana and Cyrillic by sound."""

import random

from .augment_hangul import (
    FINAL,
    FINALS,
    INITIAL,
    INITIALS,
    VOWEL,
    VOWELS,
    is_jamo,
    is_syllable,
    parts,
    pick,
    syllable,
    syllable_places,
)

KEYS = dict(
    zip("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ", "qwertyuiopasdfghjklzxcvbnmQWERTOP")
) | {
    "ㅘ": "hk",
    "ㅙ": "ho",
    "ㅚ": "hl",
    "ㅝ": "nj",
    "ㅞ": "np",
    "ㅟ": "nl",
    "ㅢ": "ml",
    "ㄳ": "rt",
    "ㄵ": "sw",
    "ㄶ": "sg",
    "ㄺ": "fr",
    "ㄻ": "fa",
    "ㄼ": "fq",
    "ㄽ": "ft",
    "ㄾ": "fx",
    "ㄿ": "fv",
    "ㅀ": "fg",
    "ㅄ": "qt",
    "": "",
}
LETTERS = {key: jamo for jamo, key in KEYS.items() if len(key) == 1}
DOUBLE = {key: jamo for jamo, key in KEYS.items() if len(key) == 2}
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {key: (row[i - 1] if i else "") + row[i + 1 : i + 2] for row in ROWS for i, key in enumerate(row)}
UNSHIFTED = set("yuiasdfghjklzxcvbnm")
SOUND_INITIALS = {
    "ㄱ": "g g k",
    "ㄲ": "kk gg k",
    "ㄴ": "n",
    "ㄷ": "d d t",
    "ㄸ": "tt dd",
    "ㄹ": "r l",
    "ㅁ": "m",
    "ㅂ": "b b p",
    "ㅃ": "pp bb",
    "ㅅ": "s s sh",
    "ㅆ": "ss s",
    "ㅇ": "",
    "ㅈ": "j j z",
    "ㅉ": "jj zz",
    "ㅊ": "ch c",
    "ㅋ": "k",
    "ㅌ": "t",
    "ㅍ": "p",
    "ㅎ": "h",
}
SOUND_VOWELS = {
    "ㅏ": "a a ah",
    "ㅐ": "ae e a",
    "ㅑ": "ya",
    "ㅒ": "yae",
    "ㅓ": "eo eo u o uh",
    "ㅔ": "e",
    "ㅕ": "yeo you yu yo",
    "ㅖ": "ye",
    "ㅗ": "o",
    "ㅘ": "wa",
    "ㅙ": "wae",
    "ㅚ": "oe we",
    "ㅛ": "yo",
    "ㅜ": "u oo",
    "ㅝ": "wo",
    "ㅞ": "we",
    "ㅟ": "wi",
    "ㅠ": "yu u",
    "ㅡ": "eu u",
    "ㅢ": "ui",
    "ㅣ": "i i ee",
}
SOUND_FINALS = {"ㄱ": "k k g", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l l r", "ㅁ": "m", "ㅂ": "p b", "ㅇ": "ng ng n", "": ""}
SAME_FINAL = str.maketrans("ㄲㅋㄳㄺㄵㄶㅅㅆㅈㅊㅌㅎㄻㄼㄽㄾㅀㅍㄿㅄ", "ㄱㄱㄱㄱㄴㄴㄷㄷㄷㄷㄷㄷㅁㄹㄹㄹㄹㅂㅂㅂ")
SOUNDS = [
    {key: value.split(" ") for key, value in table.items()} for table in (SOUND_INITIALS, SOUND_VOWELS, SOUND_FINALS)
]
CYRILLIC = str.maketrans("abcdefghijklmnoprstuvwyz", "абкдефгхийклмнопрстувую"[:23] + "з")
KANA_ROWS = {
    "": "アイウエオ",
    "g": "ガギグゲゴ",
    "k": "カキクケコ",
    "n": "ナニヌネノ",
    "d": "ダヂヅデド",
    "t": "タチツテト",
    "r": "ラリルレロ",
    "m": "マミムメモ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "s": "サシスセソ",
    "j": "ザジズゼゾ",
    "c": "チチチチチ",
    "h": "ハヒフヘホ",
}
KANA_INITIALS = dict(
    zip(INITIALS, ["g", "k", "n", "d", "t", "r", "m", "b", "p", "s", "s", "", "j", "j", "c", "k", "t", "p", "h"])
)
KANA_VOWELS = dict(zip(VOWELS, [0, 3, 0, 3, 4, 3, 4, 3, 4, 0, 3, 3, 4, 2, 4, 3, 1, 2, 2, 1, 1]))
KANA_FINALS = {"": "", "ㄱ": "ク", "ㄴ": "ン", "ㄷ": "ッ", "ㄹ": "ル", "ㅁ": "ム", "ㅂ": "プ", "ㅇ": "ン"}


def type_keys(text: str) -> str:
    """What the keys write when the Latin layout is on; other characters stay."""
    out = []
    for char in text:
        if is_syllable(char):
            initial, vowel, final = parts(char)
            out.append(KEYS[INITIALS[initial]] + KEYS[VOWELS[vowel]] + KEYS[FINALS[final]])
        else:
            out.append(KEYS.get(char, char))
    return "".join(out)


def assemble(letters: str) -> str:
    """Composes a run of jamo as an input method does."""
    out, initial, vowel, final = [], "", "", ""

    def flush() -> None:
        if initial in INITIAL and vowel:  # a pair such as ㄶ begins no syllable
            out.append(syllable(INITIAL[initial], VOWEL[vowel], FINAL[final]))
        else:
            out.append(initial + vowel)

    for char in letters:
        if not is_jamo(char):
            flush()
            out.append(char)
            initial = vowel = final = ""
        elif char in VOWEL:
            joined = DOUBLE.get(KEYS[vowel] + KEYS[char]) if vowel and not final else None
            if final:
                pair = KEYS[final]
                kept, moved = (LETTERS[pair[0]], LETTERS[pair[1]]) if len(pair) == 2 else ("", final)
                final = kept
                flush()
                initial, vowel, final = moved, char, ""
            elif vowel and not joined:
                flush()
                initial, vowel = "", char
            else:
                vowel = joined or char
        elif initial and vowel and not final and char in FINAL:
            final = char
        elif final and (joined := DOUBLE.get(KEYS[final] + KEYS[char])) in FINAL and joined:
            final = joined
        else:
            flush()
            initial, vowel, final = char, "", ""
    flush()
    return "".join(out)


def type_hangul(text: str) -> str:
    """What the keys write when the Korean layout is on."""
    return assemble("".join(LETTERS.get(c, LETTERS.get(c.lower(), c)) for c in text))


def keyboard(rng: random.Random, word: str) -> str:
    """`tlqkf`, or `tl발` for one syllable; capitals now and then."""
    places = syllable_places(word)
    if len(places) > 1 and rng.random() < 0.2:
        place = pick(rng, places)
        return word[:place] + type_keys(word[place]) + word[place + 1 :]
    keys = type_keys(word)
    roll = rng.random()
    if roll < 0.08:
        return "".join(c.upper() if c in UNSHIFTED and rng.random() < 0.5 else c for c in keys)
    return keys.upper() if roll < 0.1 else keys


def typo(rng: random.Random, word: str) -> str:
    """`시바릴`, `ㅅ발ㅣ`: two keys in the wrong order, one twice, one left out or its neighbour hit."""
    pressed = type_keys(word)
    place = int(rng.random() * len(pressed))
    roll = rng.random()
    if roll < 0.4:
        middle = pressed[place : place + 2][::-1]
        return type_hangul(pressed[:place] + middle + pressed[place + 2 :])
    if roll < 0.6:
        return type_hangul(pressed[:place] + pressed[place] + pressed[place:])
    if roll < 0.75 and len(pressed) > 2:
        return type_hangul(pressed[:place] + pressed[place + 1 :])
    near = NEIGHBOURS.get(pressed[place].lower(), pressed[place])
    return type_hangul(pressed[:place] + pick(rng, near) + pressed[place + 1 :])


def roman(rng: random.Random, char: str) -> str:
    """One syllable in Latin letters, by one of the spellings in use."""
    initial, vowel, final = parts(char)
    initials, vowels, finals = SOUNDS
    return (
        pick(rng, initials[INITIALS[initial]])
        + pick(rng, vowels[VOWELS[vowel]])
        + pick(rng, finals[FINALS[final].translate(SAME_FINAL)])
    )


def romanise(rng: random.Random, word: str) -> str:
    """`sibal`, `si발`, rarely `сибал`: the word or one syllable by sound."""
    places = syllable_places(word)
    if len(places) > 1 and rng.random() < 0.4:
        place = pick(rng, places)
        return word[:place] + roman(rng, word[place]) + word[place + 1 :]
    out = "".join(roman(rng, c) if is_syllable(c) else c for c in word)
    roll = rng.random()
    if roll < 0.06:
        return out.translate(CYRILLIC)
    return out.upper() if roll < 0.12 else out.capitalize() if roll < 0.2 else out


def kana(rng: random.Random, word: str) -> str:
    """`シバル`: one syllable or the word in katakana by sound."""
    places = syllable_places(word)
    chosen = {pick(rng, places)} if places and rng.random() < 0.5 else set(places)
    out = []
    for i, char in enumerate(word):
        if i in chosen:
            initial, vowel, final = parts(char)
            row = KANA_ROWS[KANA_INITIALS[INITIALS[initial]]]
            char = row[KANA_VOWELS[VOWELS[vowel]]] + KANA_FINALS[FINALS[final].translate(SAME_FINAL)]
        out.append(char)
    return "".join(out)
