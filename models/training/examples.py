"""Turns rows into token ids ready for training: views, augmented copies, innocent generated lines, and
unlabelled lines with the linear model's logits as targets.

A worker's score is the maximum over views, so an innocent row is an example in each of its views; an abusive row only
in views where the evidence survived (a linear score not far below the canonical view's).

    PYTHONPATH=models python -m training.examples --data ../shared/data
"""

import argparse
import random
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .augment import obfuscate
from .baseline import WEIGHTS, Linear
from .common import DATA, HEADS, REPOSITORY, WORK, need_data, save_run, simple_key
from .data import Row, load_train, load_unlabelled, load_valid, split_tune
from .neutral import generate
from .tokenizer import load
from .views import ViewCache

LOOKALIKES = REPOSITORY / "test" / "fixtures" / "lookalikes.txt"
# Unlabelled files to distil from, and how many different lines of each.
SOFT = {"twitch-ko.jsonl.gz": 300_000, "lck.jsonl.gz": 140_000, "twitch-en.txt.gz": 40_000, "nsmc.txt.gz": 20_000}
WINDOW = 48


@dataclass
class Pile:
    """Examples under construction; `kinds` says where each came from."""

    texts: list[str] = field(default_factory=list)
    targets: list[tuple] = field(default_factory=list)
    mask: list[tuple] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def add(self, text: str, row: Row, weight: float, kind: str) -> None:
        self.texts.append(text)
        self.targets.append(row.targets)
        self.mask.append(row.mask)
        self.weight.append(weight)
        self.kinds.append(kind)


def views_of(cache: ViewCache, rows: list[Row], texts: list[str]) -> list[list[tuple[str, str]]]:
    """Views of a text for each row, read as the row's kind."""
    found: list = [None] * len(rows)
    for kind in ("chat", "board"):
        places = [i for i, row in enumerate(rows) if row.kind == kind]
        for place, views in zip(places, cache.get([texts[i] for i in places], kind)):
            found[place] = views
    return found


def add_views(
    pile: Pile, rows: list[Row], all_views: list, linear: Linear, main: float, other: float, kind: str
) -> None:
    """Adds the canonical view of each row with weight `main` and its further different views with weight `other`."""
    further = [
        (row, views[0][1], text)
        for row, views in zip(rows, all_views)
        for text in dict.fromkeys(t for _, t in views[1:])
    ]
    kept = (
        linear.logits([text for _, _, text in further])[:, 0]
        >= linear.logits([first for _, first, _ in further])[:, 0] - 1
    )
    for row, views in zip(rows, all_views):
        pile.add(views[0][1], row, main * WEIGHTS[row.group], kind)
    for (row, first, text), strong in zip(further, kept):
        if text != first and (strong or row.targets[0] == 0):
            pile.add(text, row, other * WEIGHTS[row.group], kind + "-view")


def hard_examples(cache: ViewCache, rows: list[Row], linear: Linear, rng: random.Random, innocents: int) -> Pile:
    """Canonical rows, their other views, one obfuscated copy of most rows, innocent generated lines."""
    pile = Pile()
    add_views(pile, rows, views_of(cache, rows, [row.text for row in rows]), linear, 1.0, 0.5, "row")
    some = [row for row in rows if row.group in ("chat", "chat-english", "board", "kotox-clean") or rng.random() < 0.3]
    changed = views_of(cache, some, [obfuscate(rng, row.text) for row in some])
    add_views(pile, some, changed, linear, 0.3, 0.3, "augmented")
    judged = (
        {simple_key(line) for line in LOOKALIKES.read_text(encoding="utf-8").splitlines()}
        if LOOKALIKES.exists()
        else set()
    )
    innocent = [line for line in generate(innocents, 5) if simple_key(line) not in judged]
    clean = [Row(line, (0,) * 7, (1,) * 7, "chat", "neutral") for line in innocent]
    add_views(pile, clean, views_of(cache, clean, innocent), linear, 0.6, 0.6, "neutral")
    return pile


def soft_texts(data: Path, cache: ViewCache, shrink: int, rng: random.Random) -> list[str]:
    """Different canonical texts of unlabelled lines, none of them a validation text."""
    held = {simple_key(row.text) for rows in load_valid(data).values() for row in rows}
    texts: dict[str, None] = {}
    for name, most in SOFT.items():
        lines = list(dict.fromkeys(load_unlabelled(data, name, None if shrink == 1 else most // shrink)))
        rng.shuffle(lines)
        usable = [line for line in lines[: most // shrink] if simple_key(line) not in held]
        texts.update(dict.fromkeys(cache.canonical(usable)))
    return list(texts)


def pack(tokenizer, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(ids int16 one after another, offsets int64 [n + 1]); each text is cut to one window."""
    rows = [encoding.ids[:WINDOW] for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    offsets = np.cumsum([0] + [len(row) for row in rows])
    return np.fromiter((i for row in rows for i in row), np.int16, offsets[-1]), offsets


def save(path: Path, tokenizer, pile: Pile, **more: np.ndarray) -> None:
    """Writes a pile as one npz; texts without a token are dropped, from `more` as well."""
    ids, offsets = pack(tokenizer, pile.texts)
    full = np.diff(offsets) > 0
    keep = np.flatnonzero(full)
    offsets = np.concatenate([[0], np.cumsum(np.diff(offsets)[keep])])
    pick = lambda values, dtype: np.array(values, dtype)[keep]
    np.savez(
        path,
        ids=ids,
        offsets=offsets,
        targets=pick(pile.targets, np.float32),
        mask=pick(pile.mask, np.float32),
        weight=pick(pile.weight, np.float32),
        kinds=pick(pile.kinds, "U16"),
        **{name: value[keep] for name, value in more.items()},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with tokenizer.json and baseline.npz")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--seed", type=int, default=11, help="seed of augmentation and sampling")
    args = parser.parse_args()
    need_data(args.data)
    rng = random.Random(args.seed)
    cache, tokenizer = ViewCache(), load(args.work / "tokenizer.json")
    linear = Linear.load(args.work / "baseline.npz")
    train, tune = split_tune(load_train(args.data, cache)[:: args.shrink])
    pile = hard_examples(cache, train, linear, rng, 7_000 // args.shrink)
    save(args.work / "hard.npz", tokenizer, pile)
    held = Pile()
    chat = [row for row in tune if row.group == "chat"]
    for row, views in zip(chat, views_of(cache, chat, [row.text for row in chat])):
        held.add(views[0][1], row, 1.0, row.origin)
    save(args.work / "tune.npz", tokenizer, held, linear=linear.logits(held.texts))
    texts = soft_texts(args.data, cache, args.shrink, rng)
    soft = Pile(
        texts, list(linear.logits(texts)), [(1,) * len(HEADS)] * len(texts), [1.0] * len(texts), ["soft"] * len(texts)
    )
    save(args.work / "soft.npz", tokenizer, soft)
    kinds = {kind: pile.kinds.count(kind) for kind in dict.fromkeys(pile.kinds)}
    save_run(args.work, "examples", args, kinds=kinds, tune=len(chat), soft=len(texts))
    print(kinds, "tune", len(chat), "soft", len(texts))


if __name__ == "__main__":
    main()
