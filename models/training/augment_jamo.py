"""Takes syllables apart: whole, in part, initials only, loose finals."""

import random

from .augment_hangul import (
    FINALS,
    INITIALS,
    VOWELS,
    change_one,
    change_some,
    is_syllable,
    parts,
    pick,
    syllable,
    syllable_places,
)
from .augment_sound import NEAR_INITIALS

HALVES = {
    "ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ", "ㅐ": "ㅏㅣ", "ㅔ": "ㅓㅣ", "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ",
    "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ", "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
JOINED = {
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㅂㅅ": "ㅄ",
}
HALVES_TABLE = str.maketrans(HALVES)
# The same letters in the other blocks that hold Hangul letters.
CONJOINING = {ord(c): chr(0x1100 + i) for i, c in enumerate(INITIALS)} | {
    ord(c): chr(0x1161 + i) for i, c in enumerate(VOWELS)
}
CIRCLED = {ord(c): chr(0x3260 + i) for i, c in enumerate("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")}
BRACKETED = {ord(c): chr(0x3200 + i) for i, c in enumerate("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")}
HALF_WIDTH = {
    ord(c): chr(0xFFA1 + i) for i, c in enumerate("ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
} | {ord(c): chr(0xFFC2 + i + 2 * (i // 6)) for i, c in enumerate(VOWELS)}


def spread(char: str) -> str:
    """The letters of one syllable, one after another."""
    initial, vowel, final = parts(char)
    return INITIALS[initial] + VOWELS[vowel] + FINALS[final]


def whole(rng: random.Random, word: str) -> str:
    """`ㅅㅣㅂㅏㄹ`, also with halves, in other blocks, or decomposed by Unicode."""
    roll = rng.random()
    apart = "".join(spread(c) if is_syllable(c) else c for c in word)
    if roll < 0.65:
        return apart
    if roll < 0.8:
        return apart.translate(HALVES_TABLE)
    return apart.translate(pick(rng, (CONJOINING, CIRCLED, BRACKETED, HALF_WIDTH, HALF_WIDTH)))


def _apart(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    letters = INITIALS[initial] + VOWELS[vowel]
    if final and rng.random() < 0.3:
        return INITIALS[initial] + syllable(11, vowel, final)
    letters += FINALS[final]
    return letters.translate(HALVES_TABLE) if rng.random() < 0.15 else letters


def partial(rng: random.Random, word: str) -> str:
    """`ㅅㅣ발`: one syllable apart, rarely more."""
    return change_some(rng, word, _apart)


def _loose(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    if not final:
        return syllable(initial, vowel) + VOWELS[vowel] if rng.random() < 0.3 else INITIALS[initial] + VOWELS[vowel]
    return syllable(initial, vowel) + (FINALS[final].translate(HALVES_TABLE) if rng.random() < 0.2 else FINALS[final])


def loose_final(rng: random.Random, word: str) -> str:
    """`시바ㄹ`, `벼ㅇ신`: a final stands beside its syllable."""
    closed = [i for i in syllable_places(word) if (ord(word[i]) - 0xAC00) % 28]
    if not closed:
        return change_one(rng, word, _loose)
    chosen = {pick(rng, closed)} if rng.random() < 0.7 else set(closed)
    return "".join(_loose(rng, *parts(c)) if i in chosen else c for i, c in enumerate(word))


def initials(rng: random.Random, word: str) -> str:
    """`ㅂㅅ`, `ㅄ`: the whole word by its initials, or the first two or three syllables of a long word."""
    reach = len(word) if len(word) < 4 or rng.random() < 0.4 else 2 + int(rng.random() * 2)
    short = "".join(INITIALS[parts(c)[0]] if is_syllable(c) else c for c in word[:reach])
    if len(short) == 2 and rng.random() < 0.25:
        short = JOINED.get(short, short)
    return short + word[reach:]


def near_initials(rng: random.Random, word: str) -> str:
    """`ㅆㅂ` for `ㅅㅂ`: loose initials tensed, aspirated, or repeated."""
    place = int(rng.random() * len(word))
    near = NEAR_INITIALS.get(word[place])
    if near and rng.random() < 0.6:
        return word[:place] + pick(rng, near) + word[place + 1 :]
    return word[:place] + word[place] * pick(rng, (2, 3, 4)) + word[place + 1 :]


def _initial(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    return INITIALS[initial]


def _headless(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    return INITIALS[initial] + (VOWELS[vowel] if rng.random() < 0.5 else FINALS[final])


def partial_initials(rng: random.Random, word: str) -> str:
    """`병ㅅ`, `ㅅ발`, `개ㅅ끼`: one syllable by its initial, now and then with its vowel or its final."""
    return change_one(rng, word, _initial if rng.random() < 0.85 else _headless)
