"""Calibrates each head and sets its threshold, on rows held out of training and after the maximum over views.

The labelled lines were chosen to be hard, so their false positive rate is not chat's. Two sources together give it:
unlabelled chat tells how frequent a score band is, held-out labelled lines how many of a band are innocent.
`abusive` must flag at most a share of --fpr of innocent chat lines and of --flag-rate of all; within that it takes
the highest threshold whose F1 on the held-out lines is within 0.3 points of the best.

    PYTHONPATH=models python -m training.thresholds --data ../shared/data --fpr 0.004
"""

import argparse
import random
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from .common import DATA, HEADS, WORK, need_data, save_run, write_json
from .data import Row, held_out, load_unlabelled
from .score import Scorer, probabilities
from .views import ViewCache

# The largest share of raw chat lines at which a head that does not decide may pass its threshold.
MOST_OFTEN = {"mild": 0.015}
OFTEN = 0.01
# A head that only explains must be right at least about this often, also when its best F1 lies lower.
LEAST = 0.3
SLACK = 0.003


def replay_sample(data: Path, count: int, seed: int) -> list[str]:
    """Random Twitch lines with their repeats: the base rate of chat."""
    return random.Random(seed).sample(load_unlabelled(data, "twitch-ko.jsonl.gz"), count)


def scores_of(scorer: Scorer, rows: list[Row]) -> np.ndarray:
    """Logits of rows, each read as its kind."""
    out = np.zeros((len(rows), len(HEADS)), np.float32)
    for kind in ("chat", "board"):
        places = [i for i, row in enumerate(rows) if row.kind == kind]
        if places:
            out[places] = scorer.logits([rows[i].text for i in places], kind)
    return out


def calibrate(logits: np.ndarray, targets: np.ndarray) -> dict[str, dict[str, float]]:
    """Platt scaling for each head; the scale is kept positive so that the order of scores stays."""
    found = {}
    for i, head in enumerate(HEADS):
        model = LogisticRegression(C=1.0).fit(logits[:, i : i + 1], targets[:, i])
        found[head] = {
            "scale": round(max(0.05, float(model.coef_[0][0])), 5),
            "bias": round(float(model.intercept_[0]), 5),
        }
    return found


def best_f1(targets: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """(F1, threshold) of the best cut."""
    precision, recall, cuts = precision_recall_curve(targets, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    best = int(np.argmax(f1[:-1]))
    return float(f1[best]), float(cuts[best])


def careful_cut(targets: np.ndarray, scores: np.ndarray) -> float:
    """The highest cut whose F1 is within SLACK of the best: F1 is flat there, and a false flag costs more than a miss."""
    precision, recall, cuts = precision_recall_curve(targets, scores)
    f1 = (2 * precision * recall / np.maximum(precision + recall, 1e-9))[:-1]
    return float(cuts[f1 >= f1.max() - SLACK][-1])


def innocent_share(targets: np.ndarray, scores: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """For each score band the share of held-out lines that are innocent, smoothed by one line."""
    band = np.digitize(scores, edges)
    total = np.bincount(band, minlength=len(edges) + 1)
    bad = np.bincount(band, weights=targets, minlength=len(edges) + 1)
    return (total - bad + 0.5) / (total + 1)


def rates(targets: np.ndarray, scores: np.ndarray, raw: np.ndarray, cuts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """At each cut (false positive rate of innocent chat, flag rate of all chat)."""
    edges = np.linspace(0.05, 0.95, 19)
    innocent = innocent_share(targets, scores, edges)[np.digitize(raw, edges)]
    fpr = np.array([innocent[raw >= cut].sum() / innocent.sum() for cut in cuts])
    return fpr, np.array([(raw >= cut).mean() for cut in cuts])


def choose(targets, scores, raw, fpr_limit: float, flag_limit: float, least: float) -> dict[str, float]:
    """The threshold of a head with what it does to raw chat."""
    cuts = np.round(np.arange(0.05, 0.96, 0.01), 2)
    fpr, flagged = rates(targets, scores, raw, cuts)
    allowed = cuts[(fpr <= fpr_limit) & (flagged <= flag_limit)]
    lowest = float(allowed[0]) if len(allowed) else float(cuts[-1])
    f1, best = best_f1(targets, scores)
    cut = round(max(lowest, least, min(careful_cut(targets, scores), 0.95)), 2)
    at = int(np.argmin(np.abs(cuts - cut)))
    return {
        "threshold": cut,
        "innocentFlagRate": round(float(fpr[at]), 5),
        "flagRate": round(float(flagged[at]), 5),
        "bestF1": round(f1, 4),
        "bestF1At": round(best, 4),
    }


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with model.onnx and tokenizer.json")
    parser.add_argument("--fpr", type=float, default=0.004, help="largest flag rate of innocent chat lines")
    parser.add_argument("--flag-rate", type=float, default=0.006, help="largest flag rate of raw chat")
    parser.add_argument("--sample", type=int, default=60_000, help="raw chat lines to score")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--seed", type=int, default=13, help="seed of the sample")
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    cache = ViewCache()
    scorer = Scorer(args.work, cache)
    rows = held_out(args.data, cache, args.shrink)
    targets = np.array([row.targets for row in rows])
    logits = scores_of(scorer, rows)
    calibration = calibrate(logits, targets)
    scores = probabilities(logits, calibration)
    raw = probabilities(scorer.logits(replay_sample(args.data, args.sample, args.seed)), calibration)
    limits = lambda head: (
        (args.fpr, args.flag_rate, 0.0) if head == "abusive" else (1.0, MOST_OFTEN.get(head, OFTEN), LEAST)
    )
    chosen = {head: choose(targets[:, i], scores[:, i], raw[:, i], *limits(head)) for i, head in enumerate(HEADS)}
    write_json(
        args.work / "thresholds.json",
        {"thresholds": {h: c["threshold"] for h, c in chosen.items()}, "calibration": calibration, "chosen": chosen},
    )
    save_run(args.work, "thresholds", args, rows=len(rows), chosen=chosen)
    for head, facts in chosen.items():
        print(f"{head:10} {facts}")


if __name__ == "__main__":
    main()
