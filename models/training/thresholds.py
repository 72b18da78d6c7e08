"""Calibrates each head and sets its threshold, on rows held out of training and after the maximum over views.

The labelled lines were chosen to be hard, so their false positive rate is not chat's. Two sources together give it:
unlabelled chat tells how frequent a score band is, held-out labelled lines how many of a band are innocent.
`abusive` must flag at most a share of --fpr of innocent chat lines and of --flag-rate of all; within that it takes
the highest threshold whose F1 on the held-out lines is within 0.3 points of the best.

Board posts have thresholds of their own. Held-out posts are few (143, of which 23 are abusive: 3 % of the innocent
ones is three or four posts), so held-out comments stand beside them: they are as long and as harsh. `abusive` takes the
highest threshold whose F1 on both is within 0.3 points of the best and that flags at most --board-fpr of innocent
posts, and of innocent comments. Comments do not know the other heads well enough to help; a head that fewer than 30
held-out posts have keeps the threshold of chat.

    PYTHONPATH=models python -m training.thresholds --data ../shared/data --fpr 0.004
"""

import argparse
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from .common import DATA, HEADS, WORK, need_data, save_run, write_json
from .data import OUR_GUIDELINE, Row, load_train, load_unlabelled, split_tune
from .reliability import draw, reliability
from .score import Scorer, probabilities
from .views import ViewCache

# The largest share of raw chat lines at which a head that does not decide may pass its threshold.
MOST_OFTEN = {"mild": 0.015}
OFTEN = 0.01
# A head that only explains must be right at least about this often, also when its best F1 lies lower.
LEAST = 0.3
SLACK = 0.003
# Held-out posts that have a head before it gets a threshold for boards.
ENOUGH = 30
CUTS = np.round(np.arange(0.05, 0.96, 0.01), 2)
# What is asked about texts of a kind: logits or probabilities, float32 [texts, heads].
Ask = Callable[[list[str], str], np.ndarray]


def replay_sample(data: Path, count: int, seed: int) -> list[str]:
    """Random Twitch lines with their repeats: the base rate of chat."""
    return random.Random(seed).sample(load_unlabelled(data, "twitch-ko.jsonl.gz"), count)


def tune_rows(data: Path, cache: ViewCache, shrink: int) -> list[Row]:
    """Held-out training rows: of our own guideline, all board posts, and comments."""
    rows = split_tune(load_train(data, cache)[::shrink])[1]
    return [row for row in rows if row.group in OUR_GUIDELINE or row.kind == "board" or row.group == "comments"]


def is_ours(rows: list[Row]) -> np.ndarray:
    """Rows of the sets that follow our own guideline; bool [rows]."""
    return np.array([row.group in OUR_GUIDELINE for row in rows])


def scores_of(ask: Ask, rows: list[Row]) -> np.ndarray:
    """What is said of rows, each read as its kind; float32 [rows, heads]."""
    out = np.zeros((len(rows), len(HEADS)), np.float32)
    for kind in ("chat", "board"):
        places = [i for i, row in enumerate(rows) if row.kind == kind]
        if places:
            out[places] = ask([rows[i].text for i in places], kind)
    return out


def platt(logits: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """Platt scaling of one head, both [rows]; the scale is kept positive so that the order of scores stays."""
    model = LogisticRegression(C=1.0).fit(logits[:, None], targets)
    scale, bias = float(model.coef_[0][0]), float(model.intercept_[0])
    return {"scale": round(max(0.05, scale), 5), "bias": round(bias, 5)}


def calibrate(logits: np.ndarray, targets: np.ndarray) -> dict[str, dict[str, float]]:
    """Platt scaling for each head, both [rows, heads]."""
    return {head: platt(logits[:, k], targets[:, k]) for k, head in enumerate(HEADS)}


def f1_at_cuts(targets: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(F1, cuts), each float64 [cuts]: at every score that occurs, from the lowest up."""
    precision, recall, cuts = precision_recall_curve(targets, scores)
    return (2 * precision * recall / np.maximum(precision + recall, 1e-9))[:-1], cuts


def best_f1(targets: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """(F1, threshold) of the best cut."""
    f1, cuts = f1_at_cuts(targets, scores)
    best = int(np.argmax(f1))
    return float(f1[best]), float(cuts[best])


def careful_cut(targets: np.ndarray, scores: np.ndarray) -> float:
    """The highest cut whose F1 is within SLACK of the best: F1 is flat there, and a false flag costs more than a miss."""
    f1, cuts = f1_at_cuts(targets, scores)
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
    fpr, flagged = rates(targets, scores, raw, CUTS)
    allowed = CUTS[(fpr <= fpr_limit) & (flagged <= flag_limit)]
    lowest = float(allowed[0]) if len(allowed) else float(CUTS[-1])
    f1, best = best_f1(targets, scores)
    cut = round(max(lowest, least, min(careful_cut(targets, scores), 0.95)), 2)
    at = int(np.argmin(np.abs(CUTS - cut)))
    return {
        "threshold": cut,
        "innocentFlagRate": round(float(fpr[at]), 5),
        "flagRate": round(float(flagged[at]), 5),
        "bestF1": round(f1, 4),
        "bestF1At": round(best, 4),
    }


def choose_for_chat(rows: list[Row], scores: np.ndarray, raw: np.ndarray, args) -> dict[str, dict[str, float]]:
    """For each head its threshold and what that does; `scores` [rows, heads], `raw` [lines, heads] of raw chat."""
    chat = is_ours(rows) & np.array([row.kind == "chat" for row in rows])
    targets = np.array([row.targets for row in rows])[chat]
    limits = lambda head: (
        (args.fpr, args.flag_rate, 0.0) if head == "abusive" else (1.0, MOST_OFTEN.get(head, OFTEN), LEAST)
    )
    return {head: choose(targets[:, i], scores[chat, i], raw[:, i], *limits(head)) for i, head in enumerate(HEADS)}


def choose_for_boards(rows: list[Row], scores: np.ndarray, most_innocent: float) -> dict[str, dict[str, float]]:
    """For each head that has one its threshold for board posts and what that does; `scores` [rows, heads]."""
    is_post = np.array([row.kind == "board" for row in rows])
    is_comment = np.array([row.group == "comments" for row in rows])
    targets = np.array([row.targets for row in rows])
    found = {}
    for k, head in enumerate(HEADS):
        used = is_post | is_comment if head == "abusive" else is_post
        limit, least = (most_innocent, 0.0) if head == "abusive" else (1.0, LEAST)
        if targets[used, k].sum() >= ENOUGH:
            found[head] = _for_boards(targets[used, k], scores[used, k], is_post[used], limit, least)
    return found


def _for_boards(targets, scores, is_post, most_innocent: float, least: float) -> dict[str, float]:
    """The threshold of a head for boards; rows that are no posts are comments."""
    share = lambda cut, some: float((scores[some] >= cut).mean()) if some.any() else 0.0
    innocents = [(targets == 0) & is_post, (targets == 0) & ~is_post]
    allowed = [cut for cut in CUTS if max(share(cut, some) for some in innocents) <= most_innocent]
    lowest = float(allowed[0]) if allowed else float(CUTS[-1])
    cut = round(max(lowest, least, min(careful_cut(targets, scores), float(CUTS[-1]))), 2)
    of_posts, of_comments = (share(cut, some) for some in innocents)
    return {
        "threshold": cut,
        "posts": int(is_post.sum()),
        "abusivePosts": int(targets[is_post].sum()),
        "postRecall": round(share(cut, (targets == 1) & is_post), 4),
        "innocentPostFlagRate": round(of_posts, 4),
        "innocentCommentFlagRate": round(of_comments, 4),
    }


def settle(rows: list[Row], scores: np.ndarray, raw: np.ndarray, args) -> dict:
    """Thresholds for chat and for boards, how they were chosen, and how reliable `abusive` is on held-out chat."""
    chosen, boards = choose_for_chat(rows, scores, raw, args), choose_for_boards(rows, scores, args.board_fpr)
    chat = np.array([row.group == "chat" for row in rows])
    abusive = np.array([row.targets[0] for row in rows])
    thresholds = {head: found["threshold"] for head, found in chosen.items()}
    return {
        "thresholds": thresholds,
        "boardThresholds": thresholds | {head: found["threshold"] for head, found in boards.items()},
        "chosen": chosen,
        "chosenForBoards": boards,
        "reliability": reliability(abusive[chat], scores[chat, 0], raw[:, 0]),
    }


def add_limits(parser: argparse.ArgumentParser) -> None:
    """The flags that `settle` reads, and those of its sample."""
    parser.add_argument("--fpr", type=float, default=0.004, help="largest flag rate of innocent chat lines")
    parser.add_argument("--flag-rate", type=float, default=0.0065, help="largest flag rate of raw chat")
    parser.add_argument(
        "--board-fpr", type=float, default=0.03, help="largest flag rate of innocent posts and comments"
    )
    parser.add_argument("--sample", type=int, default=240_000, help="raw chat lines to score")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--seed", type=int, default=13, help="seed of the sample")


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with model.onnx and tokenizer.json")
    add_limits(parser)
    return parser


def show(settled: dict) -> None:
    """Prints what was chosen, a line for each head."""
    for head, facts in settled["chosen"].items():
        print(f"{head:10} {facts}")
    for head, facts in settled["chosenForBoards"].items():
        print(f"{head:10} for boards {facts}")
    print({key: value for key, value in settled["reliability"].items() if key != "bands"})


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    cache = ViewCache()
    scorer = Scorer(args.work, cache)
    rows = tune_rows(args.data, cache, args.shrink)
    logits, ours = scores_of(scorer.logits, rows), is_ours(rows)
    calibration = calibrate(logits[ours], np.array([row.targets for row in rows])[ours])
    raw = probabilities(scorer.logits(replay_sample(args.data, args.sample, args.seed)), calibration)
    settled = settle(rows, probabilities(logits, calibration), raw, args)
    write_json(args.work / "thresholds.json", {"calibration": calibration, **settled})
    drawing = draw(settled["reliability"], "Reliability of abusive on held-out chat")
    (args.work / "reliability.svg").write_text(drawing, encoding="utf-8")
    save_run(args.work, "thresholds", args, rows=len(rows), **{k: settled[k] for k in ("chosen", "chosenForBoards")})
    show(settled)


if __name__ == "__main__":
    main()
