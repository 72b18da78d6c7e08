"""Learns where Korean words part when their spaces were left out, for the reading of glued words in the worker.

One logistic regression over the syllables around a place, hashed into BUCKETS; its weights, 8 bits each, become
`src/text/canonicalise/korean-spacing-weights.ts`, which is part of the text layer and not of an artifact: whoever
changes it changes the canonicaliser's version and the models with it. It learns from unlabelled lines that keep their
spaces, and is judged on others of them with all spaces left out.

    PYTHONPATH=models python -m training.spacing --data ../shared/data
"""

import argparse
import base64
import random
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from .common import DATA, REPOSITORY, need_data, write_json
from .data import load_unlabelled
from .grams import FACTOR, MIX, START

SOURCES = {"twitch-ko.jsonl.gz": 700_000, "lck.jsonl.gz": 600_000, "nsmc.txt.gz": 200_000, "news-comments.txt.gz": 28_000}
BUCKETS = 2**15
# The syllables that a feature sees, by their place: 0 stands before the space, 1 after it.
FEATURES = ((0,), (1,), (0, 1), (-1, 0), (1, 2), (-1, 0, 1), (0, 1, 2), (-1, 0, 1, 2))
FIRST, LAST = ord("가"), ord("힣")
# A line whose words are longer on average has left out spaces itself.
MOST_LENGTH, LEAST_WORDS = 4.0, 3
# Runs that it is judged on.
HELD = 5_000
TARGET = REPOSITORY / "src" / "text" / "canonicalise" / "korean-spacing-weights.ts"
GOLDEN = REPOSITORY / "test" / "fixtures" / "spacing-golden.json"
# Lines of our own, read by both languages: the worker must part them at the same places.
LINES = (
    "오늘방송몇시까지하나요",
    "어제경기너무재밌게봤어요",
    "다음에는같이게임해도될까요",
    "저녁먹고나서다시들어올게요",
    "이노래제목이뭔지아시는분",
    "내일은비가온다고하니까우산챙기세요",
    "처음왔는데분위기가정말좋네요",
    "이번판이기면치킨시켜먹을거예요",
)


def is_syllables(word: str) -> bool:
    """True for Hangul syllables only."""
    return all(FIRST <= ord(letter) <= LAST for letter in word)


def runs(line: str) -> list[list[str]]:
    """Neighbouring words of nothing but syllables, three or more, of a line that keeps its spaces."""
    found, run = [], []
    for word in [*line.split(" "), ""]:
        if word and is_syllables(word):
            run.append(word)
            continue
        if len(run) >= LEAST_WORDS and sum(map(len, run)) <= MOST_LENGTH * len(run):
            found.append(run)
        run = []
    return found


def features(run: str) -> np.ndarray:
    """Buckets of each place between two syllables of a run, int32 [places, features]."""
    points = np.array([0, *map(ord, run), 0], np.uint32)
    places = np.arange(1, len(run))
    columns = []
    for number, feature in enumerate(FEATURES):
        hashes = np.full(len(places), START, np.uint32)
        hashes = (hashes ^ np.uint32(number)) * FACTOR
        for at in feature:
            hashes = (hashes ^ points[places + at]) * FACTOR
        hashes = (hashes ^ (hashes >> np.uint32(15))) * MIX
        columns.append((hashes ^ (hashes >> np.uint32(15))) & np.uint32(BUCKETS - 1))
    return np.stack(columns, 1).astype(np.int32)


def table(found: list[list[str]]) -> tuple[csr_matrix, np.ndarray]:
    """Ones [places, BUCKETS] of all runs, and where a space stood."""
    rows, targets = [], []
    for run in found:
        rows.append(features("".join(run)))
        ends = np.cumsum([len(word) for word in run])[:-1]
        here = np.zeros(len(rows[-1]), bool)
        here[ends - 1] = True
        targets.append(here)
    columns = np.concatenate(rows)
    pointers = np.arange(0, columns.size + 1, columns.shape[1])
    ones = csr_matrix((np.ones(columns.size, np.float32), columns.ravel(), pointers), (len(columns), BUCKETS))
    return ones, np.concatenate(targets)


def parted(line: str, weights: np.ndarray, bias: int) -> str:
    """A line of syllables with the spaces that it most likely left out."""
    scores = weights.astype(int)[features(line)].sum(axis=1) + bias
    return line[0] + "".join(" " * bool(score > 0) + letter for score, letter in zip(scores, line[1:]))


def written(weights: np.ndarray, bias: int, facts: str) -> str:
    """The TypeScript file that holds the weights, int8 [BUCKETS], the bias in their unit, and how they were made."""
    code = base64.b64encode(weights.tobytes()).decode()
    body = "\n".join(code[start : start + 240] for start in range(0, len(code), 240))
    return f"""/** Made by models/training/spacing.py ({facts}): one signed byte a bucket. */
export const SPACING_BIAS = {bias}

export const SPACING_WEIGHTS = Int8Array.from(
  Buffer.from(
    `
{body}
`,
    'base64',
  ),
)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file to write")
    parser.add_argument("--golden", type=Path, default=GOLDEN, help="file of lines as they are parted")
    parser.add_argument("--runs", type=int, default=470_000, help="runs of words to learn from")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th line only")
    parser.add_argument("--seed", type=int, default=23, help="seed of the sample")
    args = parser.parse_args()
    need_data(args.data)
    lines = {line for name, most in SOURCES.items() for line in load_unlabelled(args.data, name, most)[:: args.shrink]}
    found = [list(run) for run in sorted({tuple(run) for line in lines for run in runs(line)})]
    random.Random(args.seed).shuffle(found)
    print(f"{len(found)} runs of words", flush=True)
    held, train = found[:HELD], found[HELD : HELD + args.runs]
    model = LogisticRegression(C=0.3, solver="liblinear", tol=1e-2, max_iter=30).fit(*table(train))
    step = float(np.abs(model.coef_).max()) / 127
    weights = np.round(model.coef_[0] / step).astype(np.int8)
    matrix, targets = table(held)
    bias = round(model.intercept_[0] / step)
    said = matrix @ weights + bias > 0
    right = (said & targets).sum()
    facts = f"{len(train)} runs, seed {args.seed}: precision {right / said.sum():.3f}, recall {right / targets.sum():.3f}"
    print(facts)
    args.out.write_text(written(weights, bias, facts), encoding="utf-8")
    write_json(args.golden, {line: parted(line, weights, bias) for line in LINES})


if __name__ == "__main__":
    main()
