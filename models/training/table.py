"""Judges every kind of model on chat-valid, one line each: word lists, n-gram logistic regression, CNN, BiLSTM, CNN +
BiLSTM trained from labels alone (baselines.py; trained first where that was not done), and the shipped artifacts.

All read the canonical view alone (a worker asks every view and window), word lists the raw text. The threshold of each
is the best F1 on held-out training chat; word lists have none. Seconds are for 128 random messages, one CPU thread,
real lengths, from canonical text to answers, tokenizer included: PyTorch eager for what baselines.py trained, ONNX
Runtime for artifacts (CPU seconds), Node for word lists (wall clock). Chat-valid chooses nothing here.

    PYTHONPATH=models python -m training.table --data ../shared/data
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from torch import nn

from .baselines import PLAIN, WIDE, trained, trained_linear, word_lists
from .common import REPOSITORY, save_run
from .data import canonical_rows, load_set
from .packed import pack
from .score import ARTIFACT, NOTHING, Scorer, highest
from .study import Labelled, abusive_logits, cpu_seconds, load_labelled, markdown, start, study_flags, targets_of
from .thresholds import best_f1
from .tokenizer import load
from .train import WINDOW
from .views import ViewCache

MESSAGES = 128


@dataclass(frozen=True)
class System:
    """Something that gives each canonical text a number; the higher, the more abusive."""

    name: str
    runs_in: str
    scores: Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Judging:
    """Chat-valid: raw and canonical texts and labels; `some` are the places of the messages that are timed."""

    raw: list[str]
    texts: list[str]
    targets: np.ndarray
    some: np.ndarray

    def timed(self, texts: list[str]) -> list[str]:
        return [texts[i] for i in self.some]


def load_judging(data: Path, cache: ViewCache, shrink: int, seed: int) -> Judging:
    """Chat-valid; a text without a canonical view stays, as an empty one."""
    rows = load_set(data, "chat", "valid")[::shrink]
    some = np.random.default_rng(seed).permutation(len(rows))[:MESSAGES]
    return Judging([row.text for row in rows], canonical_rows(cache, rows), targets_of(rows), some)


def figures(targets: np.ndarray, flagged: np.ndarray, scores: np.ndarray, seconds: float) -> dict:
    """What the table says of one system."""
    figure = lambda value: round(float(value), 4)
    return {
        "accuracy": figure(accuracy_score(targets, flagged)),
        "macroF1": figure(f1_score(targets, flagged, average="macro")),
        "f1": figure(f1_score(targets, flagged)),
        "averagePrecision": figure(average_precision_score(targets, scores)),
        "seconds": float(f"{seconds:.3g}"),
    }


def judged_lists(judging: Judging) -> list[dict]:
    """The rows of the word lists."""
    found = word_lists(judging.raw, judging.timed(judging.raw))
    return [
        {"system": f"word list: {name}", "runsIn": "Node"} | figures(judging.targets, one.flags, one.flags, one.seconds)
        for name, one in found.items()
    ]


def judged(system: System, labelled: Labelled, judging: Judging) -> dict:
    """The row of a system with a threshold of its own."""
    threshold = best_f1(targets_of(labelled.tune), system.scores(labelled.tune_texts))[1]
    scores, timed = system.scores(judging.texts), judging.timed(judging.texts)
    seconds = cpu_seconds(lambda: system.scores(timed))
    row = {"system": system.name, "runsIn": system.runs_in}
    return row | figures(judging.targets, scores >= threshold, scores, seconds)


def reader(network: nn.Module, tokenizer) -> Callable[[list[str]], np.ndarray]:
    """Scores of a PyTorch network."""
    return lambda texts: abusive_logits(network, pack(tokenizer, texts, WINDOW))


def baselines(labelled: Labelled, args):
    """The systems of baselines.py, one after another."""
    linear, tokenizer = trained_linear(labelled, args), load(ARTIFACT / "tokenizer.json")
    yield System("n-gram logistic regression", "NumPy", lambda texts: linear.logits(texts)[:, 0])
    for name in (*PLAIN, WIDE):
        yield System(f"{name}, labels alone", "PyTorch", reader(trained(name, labelled, tokenizer, args), tokenizer))


def artifacts(cache: ViewCache):
    """Every artifact in the repository: its network alone and, where it has one, with its linear stage."""
    for manifest in sorted((REPOSITORY / "models").glob("*/*/manifest.json")):
        folder = manifest.parent
        scorer, name = Scorer(folder, cache), f"{folder.parent.name} {folder.name}"
        yield System(f"{name}, network", "ONNX Runtime", lambda texts, one=scorer: one.network(texts)[:, 0])
        if scorer.cascade is not None:
            both = lambda texts, one=scorer: with_linear(one, texts)
            yield System(f"{name}, linear stage and network", "ONNX Runtime", both)


def with_linear(scorer: Scorer, texts: list[str]) -> np.ndarray:
    """Logits of `abusive` of the linear stage and of the network for what that does not clear, float32 [texts]."""
    read = scorer.rows(texts)
    return highest(read.owner, read.logits, len(texts), NOTHING)[:, 0]


def main() -> None:
    parser = study_flags(__doc__, epochs=3, draws=200_000)
    parser.add_argument("--json", type=Path, help="file to write the rows to as well")
    args = start(parser)
    cache = ViewCache()
    labelled = load_labelled(args.data, cache, args.shrink)
    judging = load_judging(args.data, cache, args.shrink, args.seed)
    rows = judged_lists(judging)
    for systems in (baselines(labelled, args), artifacts(cache)):
        rows += [judged(system, labelled, judging) for system in systems]
    save_run(args.work, "table", args, rows=len(judging.texts), abusive=int(judging.targets.sum()), found=rows)
    if args.json is not None:
        args.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(f"chat-valid, {len(judging.texts)} messages, {int(judging.targets.sum())} abusive")
    print(markdown(rows))


if __name__ == "__main__":
    main()
