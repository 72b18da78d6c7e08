"""The same for words in Latin letters: leet, look-alikes, respelling, vowels dropped, masks."""

import random
import re

from .augment_hangul import pick
from .augment_keys import type_hangul
from .augment_shapes import styled
from .augment_tables import LATIN_SHAPES

LEET = {
    "a": "@4",
    "b": "8",
    "e": "3",
    "g": "9",
    "i": "1!",
    "l": "1|",
    "o": "0",
    "s": "5$",
    "t": "7+",
    "z": "2",
    "u": "v*",
    "c": "(k",
    "h": "#",
}
SOUNDS = [
    ("ck", ["k", "c", "q", "x", "kk", "cc"]),
    ("ph", ["f"]),
    ("f", ["ph", "ff"]),
    ("c", ["k"]),
    ("k", ["c", "q"]),
    ("s", ["z", "ss"]),
    ("ee", ["i", "ea"]),
    ("oo", ["u"]),
    ("er", ["a", "uh", "ah", "ur"]),
    ("ing", ["in", "ng"]),
    ("th", ["d", "f"]),
    ("you", ["u", "yu"]),
    ("i", ["ee", "y", "e"]),
    ("u", ["oo", "v", "uu", "a"]),
    ("o", ["oh", "u"]),
    ("a", ["ah", "u", "er"]),
    ("e", ["3", "eh"]),
    ("x", ["ks"]),
    ("tch", ["ch", "tsh"]),
    ("sh", ["sch", "ch"]),
    ("it", ["et", "eet"]),
    ("ia", ["ya"]),
    ("i", ["ia"]),
    ("g", ["gg", "q"]),
    ("d", ["t"]),
]
TAILS = ["z", "s", "x", "y", "zz", "o", "er", "in", "ie"]
VOWEL = re.compile(r"(?<=.)[aeiou]", re.I)


def leet(rng: random.Random, word: str) -> str:
    """`sh1t`: some or all letters by digits and signs."""
    share = pick(rng, (0.35, 0.7, 1))
    return "".join(pick(rng, LEET[c.lower()]) if c.lower() in LEET and rng.random() < share else c for c in word)


def look_alike(rng: random.Random, word: str) -> str:
    """Letters of other alphabets that look the same, or a styled alphabet."""
    if rng.random() < 0.5:
        return styled(rng, word)
    share = pick(rng, (0.3, 0.6, 1))
    return "".join(
        pick(rng, LATIN_SHAPES[c.lower()]) if c.lower() in LATIN_SHAPES and rng.random() < share else c for c in word
    )


def respell(rng: random.Random, word: str) -> str:
    """`phuk`, `biatch`: one or two sounds spelt otherwise."""
    for _ in range(pick(rng, (1, 1, 2))):
        lower = word.lower()
        usable = [(old, new) for old, new in SOUNDS if old in lower]
        if not usable:
            return word + pick(rng, TAILS)
        old, new = pick(rng, usable)
        place = lower.index(old)
        word = word[:place] + pick(rng, new) + word[place + len(old) :]
    return word + pick(rng, TAILS) if rng.random() < 0.1 else word


def drop(rng: random.Random, word: str) -> str:
    """`fck`, `btch`: vowels left out, else a letter."""
    short = VOWEL.sub("", word, count=0 if rng.random() < 0.4 else 1)
    if short != word and len(short) > 1:
        return short
    place = int(rng.random() * len(word))
    return word[:place] + word[place + 1 :]


def stretch(rng: random.Random, word: str) -> str:
    """`fuuuck`, `ffuucckk`."""
    if rng.random() < 0.2:
        return "".join(c * 2 for c in word)
    place = int(rng.random() * len(word))
    return word[:place] + word[place] * pick(rng, (2, 3, 4, 6, 9)) + word[place + 1 :]


def mask(rng: random.Random, word: str) -> str:
    """`f*ck`, `f**k`, `f***`."""
    cover = pick(rng, "****#@-_x.?$%&")
    roll = rng.random()
    last = len(word) - 1
    if last < 2 or roll < 0.5:
        place = min(last, 1 + int(rng.random() * max(1, last)))
        return word[:place] + cover + word[place + 1 :]
    if roll < 0.85:
        return word[0] + cover * (last - 1) + word[-1]
    return word[:2] + cover * (last - 1)


def case(rng: random.Random, word: str) -> str:
    """`fUcK`."""
    return "".join(c.upper() if rng.random() < 0.5 else c.lower() for c in word)


def layout(rng: random.Random, word: str) -> str:
    """`려차`: typed while the Korean layout is on."""
    return type_hangul(word)
