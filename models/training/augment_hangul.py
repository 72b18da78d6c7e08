"""Hangul arithmetic and seeded picking, shared by all kinds of change."""

import random
from collections.abc import Callable, Sequence

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
SILENT = INITIALS.index("ㅇ")
INITIAL = {letter: i for i, letter in enumerate(INITIALS)}
VOWEL = {letter: i for i, letter in enumerate(VOWELS)}
FINAL = {letter: i for i, letter in enumerate(FINALS)}

Change = Callable[[random.Random, int, int, int], str]


def is_syllable(char: str) -> bool:
    """A precomposed Hangul syllable."""
    return "가" <= char <= "힣"


def is_jamo(char: str) -> bool:
    """A compatibility jamo, as the keyboard types it."""
    return "ㄱ" <= char <= "ㅣ"


def parts(char: str) -> tuple[int, int, int]:
    """Initial, vowel and final number of a syllable."""
    code = ord(char) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


def syllable(initial: int, vowel: int, final: int = 0) -> str:
    """The reverse of `parts`."""
    return chr(0xAC00 + initial * 588 + vowel * 28 + final)


def pick(rng: random.Random, items: Sequence):
    """One item; several times faster than `rng.choice`."""
    return items[int(rng.random() * len(items))]


def syllable_places(word: str) -> list[int]:
    """Where the word has syllables."""
    return [i for i, char in enumerate(word) if "가" <= char <= "힣"]


def front_places(rng: random.Random, word: str) -> list[int]:
    """The same; of a long word mostly the first three, as its stem is there and endings follow."""
    places = syllable_places(word)
    return places[:3] if len(places) > 3 and rng.random() < 0.6 else places


def some(rng: random.Random, places: list[int]) -> list[int]:
    """One place mostly, half of them or all of them sometimes; nothing of nothing."""
    if len(places) < 2:
        return places
    roll = rng.random()
    if roll < 0.6:
        return [pick(rng, places)]
    if roll < 0.85:
        return [place for place in places if rng.random() < 0.5] or [pick(rng, places)]
    return places


def change_some(rng: random.Random, word: str, change: Change) -> str:
    """Changes some syllables of the word, each by itself."""
    letters = list(word)
    for place in some(rng, front_places(rng, word)):
        letters[place] = change(rng, *parts(letters[place]))
    return "".join(letters)


def change_one(rng: random.Random, word: str, change: Change) -> str:
    """Changes one syllable of the word."""
    places = front_places(rng, word)
    if not places:
        return word
    place = pick(rng, places)
    return word[:place] + change(rng, *parts(word[place])) + word[place + 1 :]
