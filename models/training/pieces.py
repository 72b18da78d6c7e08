"""Which parts the pieces of a vocabulary share: jamo n-grams, so that rare pieces learn from frequent ones.

The vector of a piece is its own plus the mean of its parts' vectors (as in fastText). Export adds them up once, so
serving pays nothing.
"""

import unicodedata
from collections import Counter

import torch
from tokenizers import Tokenizer
from torch import Tensor

SHORTEST, LONGEST = 1, 6  # jamo; a syllable has two or three
MOST_PARTS = 12_000


# Sounds that are hard to tell apart: tensed and aspirated initials, near vowels, finals that sound alike.
SOUNDS = str.maketrans(
    # ㄲㅋ ㄸㅌ ㅃㅍ ㅆ ㅉㅊ, then ㅐㅒㅖ ㅑㅕㅛㅠ ㅘ ㅙㅞ ㅟㅢ, then the finals ㄲㅋㄳ ㅅㅆㅈㅊㅌ ㅍ
    "\u1101\u110f\u1104\u1110\u1108\u1111\u110a\u110d\u110e\u1162\u1164\u1168\u1163\u1167\u116d\u1172\u116a\u116b\u1170\u1171\u1174\u11a9\u11bf\u11aa\u11ba\u11bb\u11bd\u11be\u11c0\u11c1",
    "\u1100\u1100\u1103\u1103\u1107\u1107\u1109\u110c\u110c\u1166\u1166\u1166\u1161\u1165\u1169\u116e\u1161\u116c\u116c\u1175\u1175\u11a8\u11a8\u11a8\u11ae\u11ae\u11ae\u11ae\u11ae\u11b8",
)


def parts_of(piece: str) -> set[str]:
    """Jamo n-grams of a piece, `^` marking the beginning of a word, and the same by sound, marked `~`.

    Special tokens and single symbols have none.
    """
    if piece.startswith("[") and len(piece) > 1:
        return set()
    bare = piece[2:] if piece.startswith("##") and len(piece) > 2 else piece
    begins = "^" if bare == piece else ""
    text = unicodedata.normalize("NFD", bare)
    grams = lambda some: {some[i : i + n] for n in range(SHORTEST, LONGEST + 1) for i in range(len(some) - n + 1)}
    return grams(begins + text) | {"~" + gram for gram in grams(text.translate(SOUNDS))} | {"~" + text[:2]}


def shared_parts(tokenizer: Tokenizer) -> tuple[Tensor, Tensor, int]:
    """(parts one after another, offsets [vocabulary + 1], number of parts); only parts of two pieces or more."""
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    own = [sorted(parts_of(piece)) for piece, _ in vocabulary]
    counts = Counter(part for parts in own for part in parts)
    kept = [part for part, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count > 1][
        :MOST_PARTS
    ]
    number = {part: i for i, part in enumerate(kept)}
    rows = [[number[part] for part in parts if part in number] for parts in own]
    offsets = torch.tensor([0] + [len(row) for row in rows]).cumsum(0)
    return torch.tensor([i for row in rows for i in row]), offsets, len(kept)
