"""Generates innocent lines that contain what looks like abuse: compounds, boundaries, dates, idioms, game talk, groups.

Templates and fillers are our own; the lines are training material only, and lines that also stand in the list of
lookalikes that judges the model are left out by examples.py.

    PYTHONPATH=models python -m training.neutral --count 20
"""

import argparse
import random
import re
from bisect import bisect
from itertools import accumulate

from .augment_hangul import pick
from .neutral_pairs import FACES, INITIAL_FRAMES, INITIALS, PAIR_TAILS, PAIRS, REACTIONS, SPELT, SPELT_JOINTS
from .neutral_talk import TALK
from .neutral_words import COMMON, FAMILIES

SLOT = re.compile(r"\{(\w+)\}")
FORM = re.compile(r"(.)\[(\w+)/(\w+)\]")
BEFORE = ["아 ", "와 ", "근데 ", "님들 ", "형 ", "오 ", "헐 ", "그래서 ", "진짜 ", "솔직히 ", "여러분 ", "혹시 "]
BEHIND = [
    " ㅋㅋ",
    " ㅋㅋㅋㅋ",
    "ㅋㅋ",
    " ㅠㅠ",
    "?",
    "!",
    "~",
    "..",
    " ㄷㄷ",
    " ㅎㅎ",
    " ㄹㅇ",
    " ^^",
    "!!",
    ";;",
    " 인정",
    " 님들",
]
LATIN_BEHIND = [" lol", "?", "!", " :)", "..", " haha", " xd", " tho", " guys"]
PAIR_LISTS = [tuple(part.split() for part in line.split(" : ")) for line in PAIRS.strip().splitlines()]
Slots = dict[str, list[str]]


def _fitting(match: re.Match[str]) -> str:
    """The form behind a final consonant or behind a vowel; after ㄹ `로` stands, not `으로`."""
    last, closed, open_form = match.groups()
    final = (ord(last) - 0xAC00) % 28 if "가" <= last <= "힣" else 0
    is_open = not final or (final == 8 and open_form == "로")
    return last + (open_form if is_open else closed)


def _fill(rng: random.Random, frame: str, slots: Slots) -> str:
    filled = SLOT.sub(lambda match: pick(rng, slots[match[1]]), frame)
    return FORM.sub(_fitting, filled)


def _pairs(rng: random.Random) -> str:
    left, right = (pick(rng, words) for words in pick(rng, PAIR_LISTS))
    joint = "" if rng.random() < 0.1 and min(len(left), len(right)) > 1 else " "
    return left + joint + right + pick(rng, PAIR_TAILS)


def _initials(rng: random.Random) -> str:
    return pick(rng, INITIAL_FRAMES).format(i=pick(rng, INITIALS), j=pick(rng, INITIALS))


def _reaction(rng: random.Random) -> str:
    parts = [pick(rng, REACTIONS if rng.random() < 0.7 else FACES) for _ in range(pick(rng, (1, 1, 2, 2, 3)))]
    if rng.random() < 0.25:
        parts.append(pick(rng, "ㅋㅎㅠㅜ!?~ㄷ") * pick(rng, (1, 2, 3, 5, 8, 13)))
    return " ".join(parts)


def _spelt(rng: random.Random) -> str:
    word = pick(rng, SPELT)
    behind = "" if rng.random() < 0.6 else pick(rng, (" ㅎㅎ", "!", " 여러분", "~~", " ♡"))
    return pick(rng, SPELT_JOINTS).join(word) + behind


def _slots(fillers: dict[str, str]) -> Slots:
    return {name: [word.replace("_", " ") for word in words.split()] for name, words in (COMMON | fillers).items()}


WRITTEN = {name: (frames.split("|"), _slots(fillers)) for name, (_, frames, fillers) in (FAMILIES | TALK).items()}
NAMES = list(WRITTEN)
MADE = [(_pairs, 8), (_initials, 4), (_reaction, 3), (_spelt, 2)]
SUMS = list(accumulate([share for share, _, _ in (FAMILIES | TALK).values()] + [share for _, share in MADE]))


def of_family(rng: random.Random, name: str) -> str:
    """A line of this family, bare."""
    frames, slots = WRITTEN[name]
    return _fill(rng, pick(rng, frames), slots)


def line(rng: random.Random) -> str:
    """One line of a random family."""
    number = bisect(SUMS, rng.random() * SUMS[-1])
    if number >= len(NAMES):
        return MADE[number - len(NAMES)][0](rng)
    name = NAMES[number]
    text = of_family(rng, name)
    if name.startswith("english"):
        return text + (pick(rng, LATIN_BEHIND) if rng.random() < 0.2 else "")
    if rng.random() < 0.12:
        text = pick(rng, BEFORE) + text
    return text + pick(rng, BEHIND) if rng.random() < 0.2 else text


def generate(count: int, seed: int) -> list[str]:
    """Up to `count` different innocent lines; fewer when the templates run out."""
    rng = random.Random(seed)
    lines: dict[str, None] = {}
    for _ in range(count * 20):
        lines[line(rng).strip()] = None
        if len(lines) >= count:
            break
    return list(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=12_000, help="lines")
    parser.add_argument("--seed", type=int, default=5, help="seed of the generator")
    args = parser.parse_args()
    print("\n".join(generate(args.count, args.seed)))


if __name__ == "__main__":
    main()
