"""Writes the text that the encoder is pre-trained on: unlabelled lines in their order, a [SEP] before each, without
those that a validation set holds.

    PYTHONPATH=models python -m training.corpus --data ../shared/data
"""

import argparse
from pathlib import Path

import numpy as np

from .common import DATA, WORK, need_data, save_run
from .data import held_keys, load_unlabelled
from .packed import pack
from .tokenizer import load
from .views import ViewCache

# Unlabelled files, and how many lines of each from its beginning (None: all).
LINES = {"twitch-ko.jsonl.gz": None, "lck.jsonl.gz": None, "nsmc.txt.gz": 300_000}
LINES |= {"twitch-en.txt.gz": None, "news-comments.txt.gz": None, "board.jsonl.gz": None}
LONGEST = 192


def corpus(data: Path, cache: ViewCache, tokenizer, shrink: int) -> np.ndarray:
    """Token ids int16 of canonical lines, each cut to LONGEST tokens."""
    held, parts = held_keys(data, cache), []
    for name, most in LINES.items():
        lines = load_unlabelled(data, name, most if shrink == 1 else 20_000 // shrink)
        texts = [text for text in cache.canonical(lines) if "".join(text.split()) not in held]
        parts.append(pack(tokenizer, [f"[SEP]{text}" for text in texts], LONGEST).ids)
    return np.concatenate(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with tokenizer.json")
    parser.add_argument("--shrink", type=int, default=1, help="use a sliver of the lines")
    args = parser.parse_args()
    need_data(args.data)
    ids = corpus(args.data, ViewCache(), load(args.work / "tokenizer.json"), args.shrink)
    np.savez_compressed(args.work / "corpus.npz", ids=ids)
    save_run(args.work, "corpus", args, tokens=len(ids))
    print(f"{len(ids)} tokens")


if __name__ == "__main__":
    main()
