"""The linear reference and first teacher: hashed character 1-4-grams within words, one logistic regression a head.

It is trained in the same run on the same canonical rows as the network, which must not fall behind it.

    PYTHONPATH=models python -m training.baseline --data ../shared/data
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.preprocessing import normalize

from .common import DATA, HEADS, WORK, need_data, save_run
from .data import Row, canonical_rows, load_train, split_tune
from .views import ViewCache

# How much one row of a set counts; chat is what the model is for.
WEIGHTS = {
    "own": 3.0,
    "read": 6.0,
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
    """A fitted reference; `logits` gives float32 [texts, heads]."""

    idf: np.ndarray  # float32 [2^20]
    weights: np.ndarray  # float32 [heads, 2^20]
    bias: np.ndarray  # float32 [heads]

    def save(self, path: Path) -> None:
        np.savez(path, idf=self.idf, weights=self.weights, bias=self.bias)

    @staticmethod
    def load(path: Path) -> "Linear":
        with np.load(path) as saved:
            return Linear(saved["idf"], saved["weights"], saved["bias"])

    def logits(self, texts: list[str]) -> np.ndarray:
        return np.concatenate(
            [self._some(texts[i : i + 50_000]) for i in range(0, len(texts), 50_000)] or [np.zeros((0, 7))]
        )

    def _some(self, texts: list[str]) -> np.ndarray:
        return np.asarray(scale(counts(texts), self.idf) @ self.weights.T + self.bias, dtype=np.float32)


def counts(texts: list[str]) -> csr_matrix:
    """Raw counts of hashed character 1-4-grams within words, 2^20 columns."""
    hashing = HashingVectorizer(
        analyzer="char_wb", ngram_range=(1, 4), n_features=2**20, alternate_sign=False, norm=None, lowercase=False
    )
    return hashing.transform(texts)


def scale(raw: csr_matrix, idf: np.ndarray) -> csr_matrix:
    """tf-idf with logarithmic counts, rows of length 1."""
    scaled = raw.astype(np.float32)
    scaled.data = (np.log(scaled.data) + 1) * idf[scaled.indices]
    return normalize(scaled, copy=False)


def fit(texts: list[str], rows: list[Row], strength: float) -> Linear:
    """Fits every head on the rows that know it."""
    raw = counts(texts)
    idf = TfidfTransformer().fit(raw).idf_.astype(np.float32)
    features = scale(raw, idf)
    targets = np.array([row.targets for row in rows])
    mask = np.array([row.mask for row in rows], dtype=bool)
    weight = np.array([WEIGHTS[row.group] for row in rows])
    weights, bias = [], []
    for head in range(len(HEADS)):
        known = mask[:, head]
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=30)
        model.fit(features[known], targets[known, head], sample_weight=weight[known])
        weights.append(model.coef_[0].astype(np.float32))
        bias.append(np.float32(model.intercept_[0]))
    return Linear(idf, np.stack(weights), np.array(bias))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for this run's files")
    parser.add_argument("--strength", type=float, default=3.0, help="inverse regularisation C")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    args = parser.parse_args()
    need_data(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    cache = ViewCache()
    train, tune = split_tune(load_train(args.data, cache)[:: args.shrink])
    linear = fit(canonical_rows(cache, train), train, args.strength)
    linear.save(args.work / "baseline.npz")
    chat = [row for row in tune if row.group == "chat"]
    scores = linear.logits(canonical_rows(cache, chat))[:, 0]
    found = average_precision_score([row.targets[0] for row in chat], scores)
    save_run(args.work, "baseline", args, rows=len(train), tuneChatAveragePrecision=round(float(found), 4))
    print(f"linear: {len(train)} rows, AP on held-out chat {found:.4f}")


if __name__ == "__main__":
    main()
