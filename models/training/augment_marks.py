"""Inserts what a reader skips: marks of any Unicode block, emoji, digits, spaces, letters, filler syllables."""

import random
import unicodedata

from .augment_hangul import pick

COMMON = ".,!?~^-_=+*/|@#;:'\"·…ㆍ°♡♥★☆"
OTHER_ASCII = "<>()[]{}$%&`\\"
RUNS = [
    "..",
    "...",
    "~~",
    "--",
    "__",
    "!!",
    ".,",
    "^^",
    ";;",
    "**",
    "//",
    "ㅡㅡ",
    "~!",
    " . ",
    " - ",
    "(",
    ":)",
    ";)",
    "<3",
]
FACES = [
    "😀",
    "😂",
    "🤣",
    "😊",
    "😍",
    "🥰",
    "😎",
    "🤔",
    "😴",
    "😡",
    "👍",
    "👎",
    "🔥",
    "💕",
    "💯",
    "🎉",
    "🐶",
    "🐱",
    "❤️",
    "👍🏻",
    "🤷‍♀️",
]
EMOTES = [" Kappa ", " LUL ", " PogChamp ", " KEKW ", " :D ", " xD "]
JAMO = "ㅋㅎㅡㅣㅇㅅㅠㅜㅗㅏㅓㄱㄴㄹㅁㅂㅊㄷ"
SYLLABLES = "아이으어우에야요오하히흐냥뿅빵콩띠뚜잉옹웅킹"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u3164\u115f\u1160\uffa0\u2800\u034f\u180e\u2062"
COMBINING = "\u0336\u0335\u0338\u0301\u0300\u0302\u0308\u0323\u20dd\u0489\u0332\u0330"
SPACES = "       \u3000\u00a0\u2003\u2009\t"
# Letters of scripts that no chat of ours uses; a filler to the eye.
FOREIGN = "กขคงจชดตนบปผมกაბგდეվեզէابتثجअआइईבגדהזᚠᚢᚦᚱᚲꙮꙂԱԲԳᏣᎶᏔሀለሐмъыйžğøåñçß"


def _is_mark(code: int) -> bool:
    char = chr(code)
    plain = unicodedata.normalize("NFKC", char)
    return unicodedata.category(char)[0] in "SP" and not any(c.isalnum() for c in plain)


ANY = [
    chr(code)
    for first, last in ((0x21, 0x3400), (0xA490, 0xA840), (0xFE10, 0xFF66))
    for code in range(first, last)
    if _is_mark(code)
]
ANY_WIDE = [
    chr(code)
    for first, last in ((0x1D000, 0x1D200), (0x1F000, 0x1F0FF), (0x1F650, 0x1F680), (0x1F700, 0x1F8FF))
    for code in range(first, last)
    if _is_mark(code)
]
EMOJI = [
    chr(code)
    for first, last in ((0x1F300, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F90D, 0x1F9FF), (0x2600, 0x26FF))
    for code in range(first, last)
    if _is_mark(code)
]
# Enclosed and squared letters stand in for a mark as well as for a letter.
ENCLOSED = [
    chr(code) for first, last in ((0x2460, 0x2473), (0x2776, 0x2793), (0x3280, 0x32B0)) for code in range(first, last)
]


def mark(rng: random.Random) -> str:
    """A mark: mostly a common one, else any symbol or emoji of Unicode, so that no list can be learnt."""
    roll = rng.random()
    if roll < 0.34:
        return pick(rng, COMMON)
    if roll < 0.42:
        return pick(rng, OTHER_ASCII)
    if roll < 0.52:
        return pick(rng, RUNS)
    if roll < 0.60:
        return pick(rng, FACES)
    if roll < 0.70:
        return pick(rng, EMOJI)
    if roll < 0.91:
        return pick(rng, ANY)
    return pick(rng, ANY_WIDE) if roll < 0.96 else pick(rng, ENCLOSED)


def between(rng: random.Random, word: str, filler: str) -> str:
    """Puts the filler between all letters, at one place or at two."""
    last = len(word) - 1
    if last < 1:
        return word + filler
    roll = rng.random()
    if roll < 0.4 or last == 1:
        return filler.join(word)
    first = 1 + int(rng.random() * last)
    word = word[:first] + filler + word[first:]
    if roll < 0.55:
        second = 1 + int(rng.random() * last)
        word = word[:second] + filler + word[second:]
    return word


def marks(rng: random.Random, word: str) -> str:
    """`시.발`, `시♣발`, also a different mark at each place."""
    if rng.random() < 0.15:
        return "".join(char + mark(rng) for char in word[:-1]) + word[-1]
    return between(rng, word, mark(rng))


def digits(rng: random.Random, word: str) -> str:
    """`시1발`, `시12발`."""
    return between(rng, word, str(int(rng.random() * pick(rng, (10, 10, 10, 100, 1000)))))


def spaces(rng: random.Random, word: str) -> str:
    """`시 발`, `시   발`, now and then with a line break."""
    if rng.random() < 0.15:
        return between(rng, word, pick(rng, ("\n", "\n", " \n", "\r\n", "\u2028")))
    return between(rng, word, pick(rng, SPACES) * pick(rng, (1, 1, 1, 2, 3)))


def latin(rng: random.Random, word: str) -> str:
    """`시x발`, `시bb발`: stray Latin letters."""
    letter = pick(rng, "abcdefghijklmnopqrstuvwxyz")
    letter = letter.upper() if rng.random() < 0.25 else letter
    return between(rng, word, letter * pick(rng, (1, 1, 1, 2)))


def jamo(rng: random.Random, word: str) -> str:
    """`시ㅋ발`, `시ㅡ발`, `시ㅋㅋ발`."""
    return between(rng, word, pick(rng, JAMO) * pick(rng, (1, 1, 1, 2, 3)))


def syllables(rng: random.Random, word: str) -> str:
    """`시아발`: one syllable that says nothing, inside."""
    filler = pick(rng, SYLLABLES)
    place = 1 + int(rng.random() * max(1, len(word) - 1))
    return word[:place] + filler + word[place:]


def oddities(rng: random.Random, word: str) -> str:
    """Invisible characters, combining marks, letters of far scripts, emotes."""
    roll = rng.random()
    if roll < 0.35:
        return between(rng, word, pick(rng, INVISIBLE))
    if roll < 0.6:
        return "".join(char + pick(rng, COMBINING) for char in word)
    if roll < 0.85:
        return between(rng, word, pick(rng, FOREIGN))
    return between(rng, word, pick(rng, EMOTES))
