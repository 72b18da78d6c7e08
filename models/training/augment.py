"""Writes a text as people write it to get past a filter: marks, digits, spaces, emoji, letters, split jamo, initials,
respelling, moved finals, keyboard layout, romanisation, look-alikes, masks, padding, flood.

Abusive and neutral texts are treated alike, so that obfuscation itself says nothing. The results go through the
views like any other text. Seeded; kinds of change, not a list of swear words.

    echo '오늘 방송 재밌다' | PYTHONPATH=models python -m training.augment --seed 1 --names
"""

import argparse
import random
import re
import sys
import time
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection
from itertools import accumulate

from . import augment_english as english
from . import augment_jamo as jamo
from . import augment_keys as keys
from . import augment_lines as lines
from . import augment_marks as marks
from . import augment_shapes as shapes
from . import augment_sound as sound
from .augment_guard import hits, worsens
from .augment_hangul import pick

Way = Callable[[random.Random, str], str]

# Weights in percent. The first block a careful canonicaliser undoes (about 40), the second it cannot (about 60).
HANGUL: list[tuple[str, float, Way]] = [
    ("marks", 9, marks.marks),
    ("digits", 4, marks.digits),
    ("spaces", 4, marks.spaces),
    ("jamo-whole", 5, jamo.whole),
    ("jamo-partial", 5, jamo.partial),
    ("loose-final", 4, jamo.loose_final),
    ("keyboard", 4, keys.keyboard),
    ("stretch", 4, sound.stretch),
    ("oddities", 1, marks.oddities),
    ("near", 11, sound.near),
    ("thick", 2, sound.thick),
    ("add-final", 6, sound.add_final),
    ("move-final", 6, sound.move_final),
    ("drop-final", 3, sound.drop_final),
    ("initials", 6, jamo.initials),
    ("partial-initials", 6, jamo.partial_initials),
    ("latin", 4, marks.latin),
    ("stray-jamo", 3, marks.jamo),
    ("syllables", 2, marks.syllables),
    ("extra", 1, sound.extra),
    ("cover", 1, sound.cover),
    ("typo", 1.5, keys.typo),
    ("romanise", 3, keys.romanise),
    ("kana", 0.5, keys.kana),
    ("styled", 1.5, shapes.styled_hangul),
    ("leet", 4, shapes.leet),
    ("drawn", 4, shapes.drawn),
    ("chinese", 2.5, shapes.chinese),
    ("mask", 4, shapes.mask),
    ("swap", 1.5, lines.swap),
    ("reverse", 0.5, lines.reverse),
]
LATIN: list[tuple[str, float, Way]] = [
    ("marks", 12, marks.marks),
    ("spaces", 8, marks.spaces),
    ("digits", 3, marks.digits),
    ("stretch", 11, english.stretch),
    ("case", 2, english.case),
    ("look-alike", 12, english.look_alike),
    ("oddities", 2, marks.oddities),
    ("leet", 14, english.leet),
    ("respell", 12, english.respell),
    ("drop", 9, english.drop),
    ("mask", 8, english.mask),
    ("swap", 3, lines.swap),
    ("latin", 2, marks.latin),
    ("layout", 2, english.layout),
]
LOOSE: list[tuple[str, float, Way]] = [
    ("marks", 35, marks.marks),
    ("digits", 15, marks.digits),
    ("spaces", 15, marks.spaces),
    ("latin", 10, marks.latin),
    ("stray-jamo", 8, marks.jamo),
    ("near-initials", 15, jamo.near_initials),
    ("drawn", 8, shapes.drawn_jamo),
    ("keyboard", 6, keys.keyboard),
    ("oddities", 3, marks.oddities),
]
LINES: list[tuple[str, float, Way]] = [
    ("pad", 30, lines.pad),
    ("flood", 20, lines.flood),
    ("spread-out", 20, lines.spread_out),
    ("glue", 15, lines.glue),
    ("keys", 12, lines.keys),
    ("backwards", 3, lines.backwards),
]
# How often the whole line changes, of lines with any other than ASCII and of English: a word there is known by its spaces.
WHOLE_LINE, WHOLE_ASCII, MIXED = 0.08, 0.2, 0.22
SHORT = set(
    "그 이 저 나 너 내 네 니 더 또 안 못 좀 잘 왜 뭐 다 수 것 거 게 한 그냥 진짜 너무 지금 이거 그거 "
    "the a an is are am to of in on it i you he she we me my and or so for at this that".split()
)
HAS_HANGUL, HAS_JAMO = re.compile("[가-힣]"), re.compile("[ㄱ-ㅣ]")
SKIPPED = re.compile(r"https?:|www\.|[@\[:#!]")


class _Choice:
    """Weighted choice among ways; a bisection, faster than `rng.choices`."""

    def __init__(self, ways: list[tuple[str, float, Way]]):
        self.ways = [(name, way) for name, _, way in ways]
        self.sums = list(accumulate(weight for _, weight, _ in ways))

    def __call__(self, rng: random.Random) -> tuple[str, Way]:
        return self.ways[bisect(self.sums, rng.random() * self.sums[-1])]


CHOICES = {"hangul": _Choice(HANGUL), "latin": _Choice(LATIN), "loose": _Choice(LOOSE), "line": _Choice(LINES)}


def _script(word: str) -> str | None:
    if SKIPPED.match(word):
        return None
    if HAS_HANGUL.search(word):
        return "hangul"
    if word.isascii():
        return "latin" if len(word) > 1 and any(c.isalpha() for c in word) else None
    return "loose" if len(word) > 1 and HAS_JAMO.search(word) else None


def _chosen(rng: random.Random, words: list[str], scripts: list[str | None], strength: float) -> list[int]:
    """About the wanted share of the words that can change; short function words and loose jamo seldom; at least one."""
    usable = [i for i, script in enumerate(scripts) if script]
    long = [i for i in usable if len(words[i]) > 1 and words[i] not in SHORT and scripts[i] != "loose"] or usable
    chosen = [i for i in usable if rng.random() < (strength if i in long else strength * 0.2)]
    return chosen or ([pick(rng, long)] if long else [])


def _by_words(
    rng: random.Random, text: str, strength: float, places: Collection[int] | None, innocent: bool
) -> tuple[list[str], str]:
    words = text.split(" ")
    scripts = [None if innocent and any(hits(word)) else _script(word) for word in words]
    chosen = [i for i in places if scripts[i]] if places is not None else _chosen(rng, words, scripts, strength)
    names: list[str] = []
    # A line is mostly written in one manner; with two, each word takes one of them or both.
    times = 1 + (rng.random() < MIXED)
    manners = {
        script: [CHOICES[script](rng) for _ in range(times)] for script in dict.fromkeys(scripts[i] for i in chosen)
    }
    for i in chosen:
        manner = manners[scripts[i]]
        if len(manner) > 1 and rng.random() < 0.5:
            manner = [pick(rng, manner)]
        for name, way in manner:
            if words[i]:
                words[i] = way(rng, words[i])
                names.append(name)
    return list(dict.fromkeys(names)), " ".join(words)


def obfuscate_named(
    rng: random.Random, text: str, strength: float = 0.5, words: Collection[int] | None = None, innocent: bool = False
) -> tuple[str, str]:
    """(names of the changes joined by `+`, changed text).

    `strength` is the share of the words that change. `words` are places of words (text split at spaces) to change
    instead: give those that carry the label. A change that would make an innocent line read as abuse is not made;
    after three tries the text is answered as it was, with the name ''. `innocent` is for lines such as `시발점 어디`,
    whose label is sure: a word that holds a stem stays as it is, since its respelling would be abuse.
    """
    text = unicodedata.normalize("NFC", text)
    before = hits(text)
    for _ in range(3):
        names: list[str] = []
        changed = text
        by_line = words is None and rng.random() < (WHOLE_ASCII if text.isascii() else WHOLE_LINE)
        if not by_line or rng.random() < 0.4:
            names, changed = _by_words(rng, text, strength, words, innocent)
        if by_line:
            name, way = CHOICES["line"](rng)
            changed = way(rng, changed)
            names.append(name)
        if changed != text and changed.strip() and not worsens(before, changed, innocent):
            return "+".join(names), changed
    return "", text


def obfuscate(
    rng: random.Random, text: str, strength: float = 0.5, words: Collection[int] | None = None, innocent: bool = False
) -> str:
    """The changed text of `obfuscate_named`."""
    return obfuscate_named(rng, text, strength, words, innocent)[1]


def show(word: str, count: int, seed: int) -> None:
    """Prints some results of every way for one word or line."""
    rng = random.Random(seed)
    kind = "latin" if word.isascii() else "hangul"
    for ways in ({"latin": LATIN, "hangul": HANGUL}[kind], LINES):
        for name, weight, way in ways:
            print(f"{name:17}{weight:5}  " + "  ".join(repr(way(rng, word))[1:-1] for _ in range(count)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="seed of the changes")
    parser.add_argument("--strength", type=float, default=0.5, help="share of the words that change")
    parser.add_argument("--names", action="store_true", help="print the kinds of change before each line")
    parser.add_argument("--show", metavar="WORD", help="print eight results of every kind for this word and stop")
    parser.add_argument("--speed", action="store_true", help="print only the speed and counts of kinds")
    args = parser.parse_args()
    if args.show:
        return show(args.show, 8, args.seed)
    rng = random.Random(args.seed)
    texts = sys.stdin.read().splitlines()
    started = time.process_time()
    results = [obfuscate_named(rng, text, args.strength) for text in texts]
    if args.speed:
        print(
            f"{len(texts) / (time.process_time() - started):,.0f} lines a second of one core",
            Counter(name for name, _ in results).most_common(40),
        )
        return None
    print("\n".join(f"{name}\t{text}" if args.names else text for name, text in results))
    return None


if __name__ == "__main__":
    main()
