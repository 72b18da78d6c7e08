"""Scores texts as the worker does: every view, every window of it, the maximum for each head.

echo '시1발 뭐하냐' | PYTHONPATH=models python -m training.score --artifact models/cnn-bilstm/2.0.0
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from .common import HEADS, REPOSITORY, read_json
from .export import run, session
from .tokenizer import load
from .views import ViewCache

ARTIFACT = REPOSITORY / "models" / "cnn-bilstm" / "2.0.0"
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


class Scorer:
    """A tokenizer, an ONNX session and the views of the worker."""

    def __init__(self, folder: Path, cache: ViewCache):
        self.tokenizer = load(folder / "tokenizer.json")
        self.runner = session(str(folder / "model.onnx"))
        self.cache = cache

    def logits(self, texts: list[str], kind: str = "chat") -> np.ndarray:
        """float32 [texts, heads], the maximum over views and windows."""
        owners, flat = [], []
        for owner, views in enumerate(self.cache.get(texts, kind)):
            for text in dict.fromkeys(text for view in views for text in view.scored):
                owners.append(owner)
                flat.append(text)
        rows, whose = [], []
        for owner, encoding in zip(owners, self.tokenizer.encode_batch(flat, add_special_tokens=False)):
            for part in windows(encoding.ids):
                rows.append(part)
                whose.append(owner)
        out = np.full((len(texts), len(HEADS)), NOTHING, np.float32)
        np.maximum.at(out, np.array(whose, np.int64), self.raw(rows))
        return out

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
