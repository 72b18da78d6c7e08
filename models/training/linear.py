"""The linear model that ships beside the network, and the reference that the network must beat.

It answers for plainly harmless rows alone and votes on the others (cascade.py): one logistic regression a head over the
distinct character n-grams of a row (grams.py), each by its idf, rows of length 1. It learns the labels of canonical rows
and nothing else: copies, windows and a teacher's answers made it err more like the network (LOG 37).
`linear.bin` holds 8 bytes a bucket: the code of its idf, then its weight for each head.

    PYTHONPATH=models python -m training.linear --data ../shared/data
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from .common import DATA, HEADS, WORK, need_data, read_json, save_run, write_json
from .data import Row, canonical_rows, load_train, split_tune
from .grams import BUCKETS, MOST, buckets
from .views import ViewCache

# A gram that so few rows hold says nothing about others; it does not even lengthen the row.
LEAST_ROWS = 2
# How much one row of a set counts; chat is what the model is for.
WEIGHTS = {
    "own": 1.0,
    "read": 4.0,
    "chat": 4.0,
    "chat-english": 4.0,
    "board": 4.0,
    "comments": 1.0,
    "kotox": 0.5,
    "kotox-clean": 1.0,
    "english": 0.5,
}


@dataclass
class Linear:
    """A fitted model; `logits` gives float32 [texts, heads]."""

    idf: np.ndarray  # float32 [buckets]
    weights: np.ndarray  # float32 [buckets, heads]
    bias: np.ndarray  # float32 [heads]

    def logits(self, texts: list[str]) -> np.ndarray:
        """Logits of rendered views, or of windows of them."""
        parts = (texts[i : i + 50_000] for i in range(0, len(texts), 50_000))
        found = [scale(buckets(part), self.idf) @ self.weights + self.bias for part in parts]
        return np.concatenate(found or [np.zeros((0, len(HEADS)))]).astype(np.float32)

    @staticmethod
    def load(folder: Path) -> "Linear":
        """Reads linear.bin and linear.json."""
        return Linear.of(folder / "linear.bin", read_json(folder / "linear.json"))

    @staticmethod
    def of(path: Path, facts: dict) -> "Linear":
        """Reads the table at `path`, whose numbers `facts` explain."""
        table = np.fromfile(path, np.uint8).reshape(facts["buckets"], 1 + len(HEADS))
        steps = np.array([facts["steps"][head] for head in HEADS], np.float32)
        bias = np.array([facts["bias"][head] for head in HEADS], np.float32)
        return Linear(table[:, 0] * np.float32(facts["idfStep"]), table[:, 1:].view(np.int8) * steps, bias)

    def save(self, folder: Path) -> None:
        """Writes 8 bits a number: linear.bin, and what they mean in linear.json."""
        folder.mkdir(parents=True, exist_ok=True)
        idf_step = float(self.idf.max()) / 255
        steps = np.abs(self.weights).max(axis=0) / 127
        table = np.zeros((BUCKETS, 1 + len(HEADS)), np.uint8)
        table[:, 0] = np.round(self.idf / idf_step)
        table[:, 1:] = np.round(self.weights / steps).astype(np.int8).view(np.uint8)
        table.tofile(folder / "linear.bin")
        by_head = lambda values: {head: float(value) for head, value in zip(HEADS, values)}
        facts = {"buckets": BUCKETS, "maxGram": MOST, "idfStep": idf_step}
        write_json(folder / "linear.json", facts | {"steps": by_head(steps), "bias": by_head(self.bias)})


def inverse_frequency(features: csr_matrix) -> np.ndarray:
    """ln(rows / rows with the bucket) + 1, 0 for buckets that fewer than LEAST_ROWS hold; float32 [buckets]."""
    held = np.bincount(features.indices, minlength=BUCKETS)
    idf = np.log((1 + features.shape[0]) / (1 + held)) + 1
    return np.where(held >= LEAST_ROWS, idf, 0).astype(np.float32)


def scale(features: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """Each bucket by its idf, rows of length 1."""
    scaled = features.copy()
    scaled.data = idf[features.indices]
    squares = np.add.reduceat(np.append(scaled.data**2, 0), features.indptr[:-1]) * (np.diff(features.indptr) > 0)
    scaled.data = scaled.data / np.repeat(np.sqrt(np.maximum(squares, 1e-12)), np.diff(features.indptr))
    return scaled


def fit(texts: list[str], rows: list[Row], strength: float) -> Linear:
    """Fits every head on the rows that know it."""
    raw = buckets(texts)
    idf = inverse_frequency(raw)
    features = scale(raw, idf)
    targets, mask = np.array([row.targets for row in rows]), np.array([row.mask for row in rows], bool)
    weight = np.array([WEIGHTS[row.group] for row in rows])
    weights, bias = [], []
    for known, labels in zip(mask.T, targets.T):
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=40, tol=1e-3)
        model.fit(features[known], labels[known], sample_weight=weight[known])
        weights.append(model.coef_[0].astype(np.float32))
        bias.append(np.float32(model.intercept_[0]))
    return Linear(idf, np.stack(weights, axis=1), np.array(bias))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for this run's files")
    parser.add_argument("--strength", type=float, default=3.0, help="inverse regularisation C")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    args = parser.parse_args()
    need_data(args.data)
    cache = ViewCache()
    train, tune = split_tune(load_train(args.data, cache)[:: args.shrink])
    fit(canonical_rows(cache, train), train, args.strength).save(args.work)
    chat = [row for row in tune if row.group == "chat"]
    scores = Linear.load(args.work).logits(canonical_rows(cache, chat))[:, 0]
    found = average_precision_score([row.targets[0] for row in chat], scores)
    save_run(args.work, "linear", args, rows=len(train), tuneChatAveragePrecision=round(float(found), 4))
    print(f"linear: {len(train)} rows, AP on held-out chat {found:.4f}")


if __name__ == "__main__":
    main()
