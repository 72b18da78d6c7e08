"""Which parts the pieces of a vocabulary share: jamo n-grams, so that rare pieces learn from frequent ones.

The vector of a piece is its own plus the mean of its parts' vectors (as in fastText). Export adds them up once, so
serving pays nothing.
"""

import unicodedata
from collections import Counter

import torch
from tokenizers import Tokenizer
from torch import Tensor

SHORTEST, LONGEST = 2, 7  # jamo; a syllable has two or three
MOST_PARTS = 12_000


def parts_of(piece: str) -> set[str]:
    """Jamo n-grams of a piece; `^` marks the beginning of a word. Special tokens and single symbols have none."""
    if piece.startswith("[") and len(piece) > 1:
        return set()
    text = piece[2:] if piece.startswith("##") and len(piece) > 2 else "^" + piece
    text = unicodedata.normalize("NFD", text)
    return {text[i : i + n] for n in range(SHORTEST, LONGEST + 1) for i in range(len(text) - n + 1)}


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
