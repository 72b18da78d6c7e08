"""Look-alikes: digits and signs by sound, letters drawn with other scripts, styled letters, masks."""

import random

from .augment_hangul import (
    FINALS,
    INITIALS,
    VOWELS,
    change_one,
    is_syllable,
    parts,
    pick,
    some,
    syllable,
    syllable_places,
)
from .augment_keys import roman, type_keys
from .augment_tables import READ, SHAPES, SOUND_DIGITS, TWINS

MASKS = "***○OoXx0_-?#ㅇ●■@◯^~.☆"


def _styles() -> list[dict[int, str]]:
    """Tables from ASCII letters to a styled alphabet, one table a style."""
    low, high = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    holes = {
        0x1D455: "ℎ",
        0x1D49D: "ℬ",
        0x1D4A0: "ℰ",
        0x1D4A1: "ℱ",
        0x1D4A3: "ℋ",
        0x1D4A4: "ℐ",
        0x1D4A7: "ℒ",
        0x1D4A8: "ℳ",
        0x1D4AD: "ℛ",
        0x1D4BA: "ℯ",
        0x1D4BC: "ℊ",
        0x1D4C4: "ℴ",
        0x1D506: "ℭ",
        0x1D50B: "ℌ",
        0x1D50C: "ℑ",
        0x1D515: "ℜ",
        0x1D51D: "ℨ",
        0x1D53A: "ℂ",
        0x1D53F: "ℍ",
        0x1D545: "ℕ",
        0x1D547: "ℙ",
        0x1D548: "ℚ",
        0x1D549: "ℝ",
        0x1D551: "ℤ",
    }
    starts = [(start, start + 26) for start in range(0x1D400, 0x1D6A4, 52)]
    starts += (
        [(0xFF21, 0xFF41)] * 6
        + [(0x24B6, 0x24D0)] * 3
        + [(0x1F130, 0x1F130), (0x1F150, 0x1F150), (0x1F170, 0x1F170), (0x249C, 0x249C), (0x1F1E6, 0x1F1E6)]
    )
    one = lambda code: holes.get(code, chr(code))
    tables = [
        {ord(c): one(upper + i) for i, c in enumerate(high)} | {ord(c): one(lower + i) for i, c in enumerate(low)}
        for upper, lower in starts
    ]
    small = dict(zip(map(ord, low), "ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ"))
    upside = dict(zip(map(ord, low), "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"))
    raised = dict(zip(map(ord, low), "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ"))
    return [*tables, small, small, upside, raised]


STYLES = _styles()


def styled(rng: random.Random, text: str) -> str:
    """The Latin letters of the text in one styled alphabet."""
    return text.translate(pick(rng, STYLES))


def styled_hangul(rng: random.Random, word: str) -> str:
    """Hangul through the keyboard or romanisation, then styled."""
    latin = type_keys(word) if rng.random() < 0.5 else "".join(roman(rng, c) if is_syllable(c) else c for c in word)
    return styled(rng, latin)


def _drawn(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    letters = [INITIALS[initial], VOWELS[vowel], FINALS[final]]
    if rng.random() < 0.35:
        return "".join(pick(rng, SHAPES[c]) if c in SHAPES and c else c for c in letters)
    place = int(rng.random() * 2)
    letters[place] = pick(rng, SHAPES[letters[place]])
    if final and place == 0 and rng.random() < 0.4:
        return letters[0] + syllable(11, vowel, final)
    return "".join(letters)


def drawn(rng: random.Random, word: str) -> str:
    """`人ㅣ발`, `ㅅ|발`, `병ㅅ1ㄴ`: one syllable drawn with other characters, rarely all."""
    if rng.random() < 0.8:
        return change_one(rng, word, _drawn)
    return "".join(_drawn(rng, *parts(c)) if is_syllable(c) else c for c in word)


def drawn_jamo(rng: random.Random, word: str) -> str:
    """Loose jamo drawn with other characters: `人ㅂ`."""
    place = int(rng.random() * len(word))
    shapes = SHAPES.get(word[place])
    return word[:place] + pick(rng, shapes) + word[place + 1 :] if shapes else word


def _exchanged(rng: random.Random, word: str, table: dict) -> str | None:
    places = [i for i, char in enumerate(word) if char in table]
    if not places:
        return None
    letters = list(word)
    for place in some(rng, places):
        letters[place] = pick(rng, table[letters[place]])
    return "".join(letters)


def leet(rng: random.Random, word: str) -> str:
    """`시8`, `ㅅ1발`, `C발`: digits and letters by sound, else by shape inside a split syllable."""
    changed = _exchanged(rng, word, SOUND_DIGITS) if rng.random() < 0.6 else None
    return changed or change_one(rng, word, _digit_inside)


def _digit_inside(rng: random.Random, initial: int, vowel: int, final: int) -> str:
    digits = {
        "ㅣ": "1",
        "ㅇ": "0",
        "ㄹ": "2",
        "ㄱ": "7",
        "ㅡ": "-",
        "ㅜ": "T",
        "ㅗ": "5",
        "ㅏ": "r",
        "ㅓ": "t",
        "ㅐ": "H",
        "ㄴ": "L",
    }
    first, middle, last = INITIALS[initial], VOWELS[vowel], FINALS[final]
    if middle in digits:
        return first + digits[middle] + last
    if last in digits and last:
        return syllable(initial, vowel) + digits[last]
    return digits.get(first, first) + middle + last


def chinese(rng: random.Random, word: str) -> str:
    """`病신`: by reading; syllables that look alike when none reads so; else drawn."""
    table = READ if rng.random() < 0.75 else TWINS
    return _exchanged(rng, word, table) or drawn(rng, word)


def mask(rng: random.Random, word: str) -> str:
    """`시*`, `병O`, `ㅅ*발`: one letter covered, mostly not the first; an initial may stand for its neighbour."""
    cover = pick(rng, MASKS)
    if len(word) < 2:
        return word
    places = syllable_places(word)
    if places and rng.random() < 0.25:
        place = pick(rng, places)
        return word[:place] + INITIALS[parts(word[place])[0]] + cover + word[place + 1 :]
    place = int(rng.random() * len(word)) if rng.random() < 0.25 else 1 + int(rng.random() * (len(word) - 1))
    if len(word) > 2 and rng.random() < 0.2:
        return word[:place] + cover * 2 + word[place + 2 :]
    return word[:place] + cover + word[place + 1 :]
