"""Hashed character n-grams within words: the features of the linear model, as `src/text/grams.ts` makes them.

    printf '시1발 뭐하냐\\n' | PYTHONPATH=models python -m training.grams
"""

import sys

import numpy as np
from scipy.sparse import csr_matrix

BUCKETS, MOST = 2**19, 4
START, FACTOR, MIX = np.uint32(2_166_136_261), np.uint32(16_777_619), np.uint32(0x2C1B3C6D)
# Special tokens by name in rendered views, and the code points that stand for them in the worker.
SPECIALS = {"[EMOTE]": "\ue000", "[USER]": "\ue001", "[URL]": "\ue002", "[TEL]": "\ue003", "[MONEY]": "\ue004"}
SPACE = 32
CHUNK = 50_000


def compact(text: str) -> str:
    """The rendered view with each special token as the one code point that it is in the worker."""
    if "[" in text:
        for name, point in SPECIALS.items():
            text = text.replace(name, point)
    return text


def buckets(texts: list[str]) -> csr_matrix:
    """Distinct buckets of each rendered view as ones, float32 [texts, BUCKETS]."""
    parts = [_some(texts[start : start + CHUNK]) for start in range(0, len(texts), CHUNK)]
    counts = np.concatenate([np.diff(part.indptr) for part in parts]) if parts else np.zeros(0, np.int64)
    indices = np.concatenate([part.indices for part in parts]) if parts else np.zeros(0, np.int32)
    offsets = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
    return csr_matrix((np.ones(len(indices), np.float32), indices, offsets), shape=(len(texts), BUCKETS))


def _some(texts: list[str]) -> csr_matrix:
    points, owners, words = [], [], []
    for owner, text in enumerate(texts):
        for word in compact(text).split(" "):
            if word:
                padded = [SPACE, *map(ord, word), SPACE]
                points += padded
                owners += [owner] * len(padded)
                words += [words[-1] + 1 if words else 0] * len(padded)
    points, owners = np.array(points, np.uint32), np.array(owners, np.int64)
    words = np.array(words, np.int64)
    hashes, found = np.full(len(points), START, np.uint32), []
    for size in range(1, MOST + 1):
        count = max(0, len(points) - size + 1)
        hashes = (hashes[:count] ^ points[size - 1 :]) * FACTOR
        inside = words[:count] == words[size - 1 :]
        found.append((owners[:count][inside], spread(hashes[inside])))
    rows, columns = (np.concatenate(values) for values in zip(*found))
    distinct = np.unique(rows * BUCKETS + columns)
    rows, columns = distinct // BUCKETS, (distinct % BUCKETS).astype(np.int32)
    return csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(len(texts), BUCKETS))


def spread(hashes: np.ndarray) -> np.ndarray:
    """The bucket of each hash; uint32 in, int64 out."""
    mixed = (hashes ^ (hashes >> np.uint32(15))) * MIX
    return ((mixed ^ (mixed >> np.uint32(12))) & np.uint32(BUCKETS - 1)).astype(np.int64)


def main() -> None:
    for line in sys.stdin.read().splitlines():
        print(buckets([line]).indices.tolist())


if __name__ == "__main__":
    main()
