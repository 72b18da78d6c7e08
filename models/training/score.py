"""Scores texts as the worker does: every view, every window of it, the maximum for each head.

A row is first scored by the linear model; what that does not clear is asked of the network, and both count.

echo '시1발 뭐하냐' | PYTHONPATH=models python -m training.score --artifact models/cnn-bilstm/6.1.0
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .common import HEADS, REPOSITORY, read_json
from .export import run, session
from .linear import Linear
from .tokenizer import load
from .views import ViewCache

ARTIFACT = REPOSITORY / "models" / "cnn-bilstm" / "6.1.0"
WINDOW = {"tokens": 48, "stride": 24}
MOST_ROWS, MOST_TOKENS = 64, 1_000
NOTHING = -20.0  # the logit of a text without a token


def windows(ids: list[int]) -> list[np.ndarray]:
    """Overlapping windows over everything; a short text is one window, an empty one none."""
    found = []
    for start in range(0, len(ids), WINDOW["stride"]):
        found.append(np.array(ids[start : start + WINDOW["tokens"]], np.int32))
        if start + WINDOW["tokens"] >= len(ids):
            break
    return found


def batches(rows: list[np.ndarray]):
    """Places of rows of like length: at most 64 rows and 1,000 padded tokens a batch."""
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and end - start < MOST_ROWS and (end - start + 1) * len(rows[order[end]]) <= MOST_TOKENS:
            end += 1
        yield order[start:end]
        start = end


@dataclass
class Cascade:
    """What cascade.py found, each float32 [heads], and all that it wrote about the linear model."""

    share: np.ndarray
    below: np.ndarray
    slope: np.ndarray
    offset: np.ndarray
    facts: dict

    def alone(self, linear: np.ndarray) -> np.ndarray:
        """About what both would say of rows that the network is not asked, float32 [rows, heads] like their linear logits."""
        return self.slope * np.minimum(linear, self.below) + self.offset


@dataclass
class Rows:
    """What texts are scored by: each window of tokens that the network is asked, and each passage that it is not.

    `owner` int64 [rows]: place of the text. `logits` float32 [rows, heads]: network and linear model together. `ids`: a
    row's tokens, None where the linear model answers alone.
    """

    owner: np.ndarray
    logits: np.ndarray
    ids: list[np.ndarray | None]


def highest(owner: np.ndarray, values: np.ndarray, count: int, nothing: float) -> np.ndarray:
    """The highest value of each owner's rows, `nothing` where it has none; float32 [count, heads]."""
    out = np.full((count, len(HEADS)), nothing, np.float32)
    np.maximum.at(out, owner, values)
    return out


def cascade_of(folder: Path) -> Cascade | None:
    """From an artifact's manifest or from a work folder; None where there is none."""
    if (folder / "manifest.json").exists():
        facts = read_json(folder / "manifest.json").get("linear")
    else:
        facts = read_json(folder / "cascade.json") if (folder / "cascade.json").exists() else None
    if facts is None:
        return None
    by_head = lambda values: np.array([values[head] for head in HEADS], np.float32)
    clears = facts["clears"]
    return Cascade(by_head(facts["share"]), *(by_head(clears[name]) for name in ("below", "slope", "offset")), facts)


def linear_of(folder: Path, cascade: Cascade | None) -> Linear | None:
    """The linear model of an artifact or of a work folder; None where there is none."""
    if cascade is not None:
        return Linear.of(folder / "linear.bin", cascade.facts)
    return Linear.load(folder) if (folder / "linear.json").exists() else None


class Scorer:
    """A tokenizer, a linear model, an ONNX session and the views of the worker.

    Before cascade.py has put both together, `logits` are the network's alone.
    """

    def __init__(self, folder: Path, cache: ViewCache):
        self.tokenizer = load(folder / "tokenizer.json")
        self.runner = session(str(folder / "model.onnx"))
        self.cache = cache
        self.cascade = cascade_of(folder)
        self.linear = linear_of(folder, self.cascade)

    def logits(self, texts: list[str], kind: str = "chat") -> np.ndarray:
        """float32 [texts, heads], the maximum over views and windows."""
        read = self.read(texts, kind)
        return highest(read.owner, read.logits, len(texts), NOTHING)

    def read(self, texts: list[str], kind: str = "chat") -> Rows:
        """The rows of messages, in all their views."""
        owners, flat = [], []
        for owner, views in enumerate(self.cache.get(texts, kind)):
            for text in dict.fromkeys(text for view in views for text in view.scored):
                owners.append(owner)
                flat.append(text)
        read = self.rows(flat)
        return Rows(np.array(owners, np.int64)[read.owner], read.logits, read.ids)

    def rows(self, texts: list[str]) -> Rows:
        """The rows of passages and windows of words; none of what has no token."""
        linear = None if self.cascade is None else self.linear.logits(texts)
        passed = np.ones(len(texts), bool) if linear is None else (linear >= self.cascade.below).any(axis=1)
        owner, ids = [], []
        for place, encoding in enumerate(self.encode(texts)):
            parts = windows(encoding.ids) if passed[place] else [None] * bool(encoding.ids)
            owner += [place] * len(parts)
            ids += parts
        owner = np.array(owner, np.int64)
        asked = np.array([row is not None for row in ids], bool)
        network = self.raw([row for row in ids if row is not None])
        if linear is None:
            return Rows(owner, network, ids)
        logits = self.cascade.alone(linear)[owner]
        logits[asked] = network + self.cascade.share * linear[owner[asked]]
        return Rows(owner, logits, ids)

    def both(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """(network's logits, linear logits) of rendered views, no gate between; float32 [texts, heads]."""
        return self.network(texts), self.linear.logits(texts)

    def encode(self, texts: list[str]):
        return self.tokenizer.encode_batch(texts, add_special_tokens=False)

    def network(self, texts: list[str]) -> np.ndarray:
        """The network's logits of each text, the maximum over windows of tokens."""
        rows, whose = [], []
        for owner, encoding in enumerate(self.encode(texts)):
            for part in windows(encoding.ids):
                rows.append(part)
                whose.append(owner)
        return highest(np.array(whose, np.int64), self.raw(rows), len(texts), NOTHING)

    def raw(self, rows: list[np.ndarray]) -> np.ndarray:
        """Logits of token rows, in their order."""
        out = np.zeros((len(rows), len(HEADS)), np.float32)
        for places in batches(rows):
            out[places] = run(self.runner, [rows[i] for i in places])
        return out


def probabilities(logits: np.ndarray, calibration: dict) -> np.ndarray:
    """sigmoid(scale x logit + bias) for each head."""
    scale = np.array([calibration[head]["scale"] for head in HEADS], np.float32)
    bias = np.array([calibration[head]["bias"] for head in HEADS], np.float32)
    return 1 / (1 + np.exp(-(logits * scale + bias)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--artifact", type=Path, default=ARTIFACT, help="folder with model.onnx, tokenizer.json, manifest.json"
    )
    args = parser.parse_args()
    manifest = read_json(args.artifact / "manifest.json")
    texts = sys.stdin.read().splitlines()
    found = probabilities(Scorer(args.artifact, ViewCache()).logits(texts), manifest["calibration"])
    for text, row in zip(texts, found):
        scores = {head: round(float(value), 4) for head, value in zip(HEADS, row)}
        print(
            json.dumps(
                {"text": text, "flag": bool(row[0] >= manifest["thresholds"]["abusive"]), "scores": scores},
                ensure_ascii=False,
            )
        )


if __name__ == "__main__":
    main()
