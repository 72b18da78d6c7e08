"""Pieces of words that say nothing by themselves: they must not be flagged, the same-user window judges them.

Single syllables and jamo, pairs of loose jamo, beginnings and ends of ordinary words, Latin letters and pieces. A piece
that reads as abuse, or that abusive lines hold much more often than ordinary ones, is left out.

    printf '오늘 방송 재밌다\\n' | PYTHONPATH=models python -m training.fragments
"""

import argparse
import random
import re
import sys
from collections import Counter
from itertools import product

from .augment_guard import hits
from .augment_hangul import pick

# Pairs of initials that people read as abuse; the same pair with a tensed letter counts as well.
ABUSIVE_PAIRS = {
    "ㅅㅂ",
    "ㅂㅅ",
    "ㅈㄹ",
    "ㄲㅈ",
    "ㅁㅊ",
    "ㄷㅊ",
    "ㅈㄴ",
    "ㅅㄲ",
    "ㄱㅅㄲ",
    "ㄴㅁ",
    "ㅇㅁ",
    "ㄷㅈ",
    "ㅈㄲ",
    "ㅆㄴ",
    "ㅆㄹ",
    "ㄱㄴ",
    "ㅊㄴ",
    "ㅂㄹ",
    "ㅈㅈ",
    "ㅆㅅ",
    "ㅇㅊ",
    "ㄴㄱ",
    "ㅂㅈ",
    "ㅄ",
    "ㅆㅂ",
}
PLAIN = str.maketrans("ㄲㄸㅃㅆㅉㅋㅌㅍ", "ㄱㄷㅂㅅㅈㄱㄷㅂ")
# Syllables and beginnings that are abuse, or nearly, standing alone.
LEFT_OUT = set(
    "좆 좃 썅 씹 ㅗ ㅄ 년 놈 새끼 개새 새퀴 씨바 씨빨 시바 시팔 쉬바 쓰바 스발 병쉰 빙신 미췬 꺼져 닥쳐 뒤져 뒤지 뒤짐 뒤질 뒈져 뒈지 지릴 안마방 개놈 개년 잡놈 잡년 쌍년 쌍놈 애미 애비 느금 느개 니미 엠창".split()
)
CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㄸㅃㅆㅉ"
VOWELS = "ㅏㅐㅑㅓㅔㅕㅗㅛㅜㅠㅡㅣ"
LATIN = "abcdefghijklmnopqrstuvwxyz"
LATIN_LEFT_OUT = set("fu fk fuc fuk fck shi sht bit btc cun nig fag dic dik coc cok ass kys stf wtf".split())
WORD = re.compile(r"[가-힣]+|[a-z]+")
MOST = {"syllable": 1_200, "piece": 4_000, "latin": 600, "shared": 1_500}
# How many times more often a piece may stand in abusive lines than in ordinary ones.
SUSPICIOUS = 2.0


def _pieces(word: str) -> set[str]:
    """Beginnings and ends of two or three letters that are not the word itself, and its middle pairs."""
    short = {word[:2], word[-2:]} if len(word) > 2 else set()
    longer = {word[:3], word[-3:]} if len(word) > 4 else set()
    return short | longer | ({word[i : i + 2] for i in range(1, len(word) - 2)} if len(word) > 3 else set())


def _counts(texts: list[str]) -> Counter:
    """In how many of the texts each letter, word and piece stands."""
    found: Counter = Counter()
    for text in texts:
        words = WORD.findall(text.lower())
        found.update(set().union(*(_pieces(word) | set(word) | {word} for word in words)))
    return found


def shared_words(words: set[str]) -> list[str]:
    """What each of two users has when they write an abusive word of three or four syllables in turn, letter by letter."""
    some = sorted(word for word in words if len(word) in (3, 4) and "가" <= word[0] <= "힣")
    return sorted({piece for word in some for piece in (word[::2], word[1::2]) if len(piece) == 2})


def _sample(rng: random.Random, items: list[str], most: int) -> list[str]:
    return items if len(items) <= most else rng.sample(items, most)


def loose_jamo() -> list[str]:
    """Single jamo and pairs of them that are no known abuse."""
    bad = ABUSIVE_PAIRS | {pair.translate(PLAIN) for pair in ABUSIVE_PAIRS}
    pairs = [a + b for a, b in product(CONSONANTS, repeat=2) if a != b and not {a + b, (a + b).translate(PLAIN)} & bad]
    mixed = [a + b for a, b in product("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅎ", VOWELS)]
    return [c for c in CONSONANTS + VOWELS if c not in LEFT_OUT] + pairs + mixed


def fragments(rng: random.Random, texts: list[str], abusive: list[str]) -> list[str]:
    """Different pieces that must not be flagged alone, at most about 8,000, in random order.

    `texts` are ordinary lines and give the pieces; `abusive` lines tell which to leave out.
    """
    ordinary, other = _counts(texts), _counts(abusive)
    scale = SUSPICIOUS * max(1, len(abusive)) / max(1, len(texts))
    known = sorted(ordinary)
    innocent = [piece for piece in known if other[piece] <= 2 + scale * ordinary[piece]]
    whole = {word for text in abusive for word in WORD.findall(text.lower())}
    syllables = [c for c in known if len(c) == 1 and c not in LEFT_OUT and "가" <= c <= "힣"]
    usable = lambda piece: len(piece) in (2, 3) and not sum(hits(piece)) and not any(bad in piece for bad in LEFT_OUT)
    pieces = [p for p in innocent if "가" <= p[0] <= "힣" and usable(p) and (p not in whole or ordinary[p] > other[p])]
    latin = [p for p in innocent if p.isascii() and usable(p) and not any(bad in p for bad in LATIN_LEFT_OUT)]
    chosen = _sample(rng, syllables, MOST["syllable"]) + _sample(rng, pieces, MOST["piece"])
    shared = [p for p in shared_words(whole) if usable(p) and p not in whole and other[p] <= 2 + scale * ordinary[p]]
    chosen += _sample(rng, shared, MOST["shared"])
    chosen += _sample(rng, latin, MOST["latin"]) + loose_jamo() + list(LATIN + LATIN.upper())
    marked = [c + pick(rng, ("!", "?", ".", "..", " ~", "ㅋㅋ", "ㅠ")) for c in _sample(rng, syllables, 200)]
    result = list(dict.fromkeys(chosen + marked))
    rng.shuffle(result)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="seed of the choice")
    parser.add_argument(
        "--abusive", type=argparse.FileType(encoding="utf-8"), help="file of abusive lines to compare with"
    )
    args = parser.parse_args()
    abusive = args.abusive.read().splitlines() if args.abusive else []
    print("\n".join(fragments(random.Random(args.seed), sys.stdin.read().splitlines(), abusive)))


if __name__ == "__main__":
    main()
