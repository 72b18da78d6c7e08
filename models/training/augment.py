"""Writes a text as people write it to get past a filter: marks, digits, spaces, emoji, letters, split jamo, respelling.

Abusive and neutral texts are treated alike, so that obfuscation itself says nothing. The results go through the
views like any other text. Seeded; kinds of change, not a list of swear words.

    echo '오늘 방송 재밌다' | PYTHONPATH=models python -m training.augment --seed 1
"""

import argparse
import random
import sys
import unicodedata

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
MARKS = "!?.,~^-_=+*/|@#;:'\"·…ㆍ°♡★"
EMOJI = "😀😂🤣😊😍🥰😎🤔😴😡👍👎🔥💕💯🎉🐶🐱🍎⚽🎮❤⭐"
# Sounds that are close: initials tensed or aspirated, vowels hard to tell apart.
NEAR_INITIALS = [set("ㄱㄲㅋ"), set("ㄷㄸㅌ"), set("ㅂㅃㅍ"), set("ㅅㅆ"), set("ㅈㅉㅊ")]
NEAR_VOWELS = [set("ㅐㅔ"), set("ㅒㅖ"), set("ㅙㅚㅞ"), set("ㅣㅟㅢ"), set("ㅓㅕ"), set("ㅗㅛ"), set("ㅏㅑ")]
BLOCKS = [
    (0x2010, 0x2027),
    (0x2190, 0x21FF),
    (0x2460, 0x24FF),
    (0x2500, 0x257F),
    (0x25A0, 0x25FF),
    (0x2600, 0x26FF),
    (0x3001, 0x3020),
]


def is_syllable(char: str) -> bool:
    """A precomposed Hangul syllable."""
    return 0xAC00 <= ord(char) <= 0xD7A3


def parts(char: str) -> tuple[int, int, int]:
    """Initial, vowel and final number of a syllable."""
    code = ord(char) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


def syllable(initial: int, vowel: int, final: int) -> str:
    """The reverse of `parts`."""
    return chr(0xAC00 + initial * 588 + vowel * 28 + final)


def mark(rng: random.Random) -> str:
    """A mark: a common one, an emoji or any symbol of a few Unicode blocks, so that no list can be learnt."""
    first, last = rng.choice(BLOCKS)
    return rng.choice([rng.choice(MARKS), rng.choice(MARKS), rng.choice(EMOJI), chr(rng.randint(first, last))])


def insert(rng: random.Random, word: str) -> str:
    """Puts one kind of filler between letters of the word."""
    mark_now = mark(rng)
    filler = rng.choice(
        [mark_now, mark_now, rng.choice("0123456789"), " ", rng.choice("ㅋㅎㅡㅣ"), rng.choice("abcdefxyz")]
    )
    everywhere = rng.random() < 0.4
    places = range(1, len(word)) if everywhere else [rng.randint(1, len(word) - 1)]
    return "".join((filler if i in places else "") + char for i, char in enumerate(word))


def split(rng: random.Random, word: str) -> str:
    """Takes syllables apart into compatibility jamo: all of them, or only the final consonant of one."""
    spread = lambda c: "".join([INITIALS[parts(c)[0]], VOWELS[parts(c)[1]], FINALS[parts(c)[2]]])
    if rng.random() < 0.5:
        return "".join(spread(c) if is_syllable(c) else c for c in word)
    place = rng.randrange(len(word))
    char = word[place]
    if not is_syllable(char):
        return word
    initial, vowel, final = parts(char)
    apart = syllable(initial, vowel, 0) + FINALS[final] if final else spread(char)
    return word[:place] + apart + word[place + 1 :]


def _near(rng: random.Random, letter: str, classes: list[set[str]]) -> str:
    options = next((sorted(group - {letter}) for group in classes if letter in group), [letter])
    return rng.choice(options)


def respell(rng: random.Random, word: str) -> str:
    """Replaces one sound by a near one, or adds a final consonant to an open syllable."""
    place = rng.randrange(len(word))
    if not is_syllable(word[place]):
        return word
    initial, vowel, final = parts(word[place])
    way = rng.randrange(3)
    if way == 0:
        initial = INITIALS.index(_near(rng, INITIALS[initial], NEAR_INITIALS))
    elif way == 1:
        vowel = VOWELS.index(_near(rng, VOWELS[vowel], NEAR_VOWELS))
    elif final == 0:
        final = FINALS.index(rng.choice("ㅅㅂㄱㅇㄴㅎ"))
    return word[:place] + syllable(initial, vowel, final) + word[place + 1 :]


def stretch(rng: random.Random, word: str) -> str:
    """Draws a syllable out: the letter again, or its vowel as syllables of its own."""
    place = rng.randrange(len(word))
    char = word[place]
    tail = syllable(11, parts(char)[1], 0) if is_syllable(char) and parts(char)[2] == 0 else char
    return word[: place + 1] + tail * rng.randint(1, 4) + word[place + 1 :]


WAYS = [insert, insert, insert, split, respell, respell, stretch]


def obfuscate(rng: random.Random, text: str) -> str:
    """Changes about half of the words of two letters or more, all in one way; at least one word when there is any."""
    words = unicodedata.normalize("NFC", text).split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 1]
    if not long:
        return text
    way = rng.choice(WAYS)
    chosen = {i for i in long if rng.random() < 0.5} or {rng.choice(long)}
    return " ".join(way(rng, word) if i in chosen else word for i, word in enumerate(words))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="seed of the changes")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    for line in sys.stdin.read().splitlines():
        print(obfuscate(rng, line))


if __name__ == "__main__":
    main()
