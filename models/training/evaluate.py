"""Judges the exported model on the validation sets, next to the linear reference, and checks the floors.

The validation files choose nothing, and nothing but the study in table.py judges by them as well. Exit code 1 when a
floor is missed. With --first what is judged is that model with the one of --work behind it, as second.py fitted them.

    PYTHONPATH=models python -m training.evaluate --data ../shared/data
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, precision_recall_curve

from .common import DATA, HEADS, WORK, need_data, read_json, save_run, share, write_json
from .data import LOOKALIKES, OUR_GUIDELINE, Row, canonical_rows, load_held, load_valid
from .linear import Linear
from .pair import Pair
from .score import Scorer, probabilities
from .thresholds import Ask, best_f1, replay_sample, scores_of
from .views import ViewCache

# Of what `judge` finds, what is shown of each set, as shares of 1.
SHARES = ("averagePrecision", "f1", "bestF1", "precision", "recall", "precisionAtRecall70", "innocentRecall")
MUST_FLAG = ["시1발 뭐하냐", "fuck you idiot"]
MUST_PASS = ["시발점부터 다시 보자", "안녕하세요 오늘도 재밌게 볼게요"]


@dataclass(frozen=True)
class Judged:
    """A model, or a pair, as it ships: `ask` gives its probabilities, `thresholds` and `boardThresholds` are of `shipped`."""

    ask: Ask
    shipped: dict

    def scores(self, rows: list[Row]) -> np.ndarray:
        """Probabilities of rows, each read as its kind; float32 [rows, heads]."""
        return scores_of(self.ask, rows)

    def threshold(self, kind: str) -> float:
        """The score of `abusive` from which a text of this kind is flagged."""
        return self.shipped["boardThresholds" if kind == "board" else "thresholds"]["abusive"]


def judged(work: Path, first: Path | None, cache: ViewCache) -> Judged:
    """The model of a work folder; with `first` that one with this one behind it."""
    if first is not None:
        pair, section = Pair(first, work, cache), read_json(work / "second.json")
        return Judged(lambda texts, kind: pair.probabilities(texts, kind, section), section)
    scorer, shipped = Scorer(work, cache), read_json(work / "thresholds.json")
    return Judged(lambda texts, kind: probabilities(scorer.logits(texts, kind), shipped["calibration"]), shipped)


def cut(targets: np.ndarray, scores: np.ndarray, threshold: float) -> dict:
    """Confusion matrix and what follows from it at one threshold."""
    flagged, bad = scores >= threshold, targets == 1
    tp, fp = int((flagged & bad).sum()), int((flagged & ~bad).sum())
    fn, tn = int((~flagged & bad).sum()), int((~flagged & ~bad).sum())
    of = lambda a, b: round(a / b, 4) if b else 0.0
    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
        "precision": of(tp, tp + fp),
        "recall": of(tp, tp + fn),
        "f1": of(2 * tp, 2 * tp + fp + fn),
        "innocentRecall": of(tn, tn + fp),
    }


def judge(targets: np.ndarray, scores: np.ndarray, threshold: float | None) -> dict:
    """Average precision, best F1, precision at recall 0.7 and, with a threshold, what happens there."""
    precision, recall, _ = precision_recall_curve(targets, scores)
    found = {
        "rows": len(targets),
        "abusive": int(targets.sum()),
        "averagePrecision": round(float(average_precision_score(targets, scores)), 4),
        "bestF1": round(best_f1(targets, scores)[0], 4),
        "precisionAtRecall70": round(float(precision[recall >= 0.7].max()), 4),
    }
    return found if threshold is None else found | cut(targets, scores, threshold)


def valid_sets(data: Path) -> dict[str, list[Row]]:
    """The sets of the report; Twitch and league chat apart."""
    valid = load_valid(data)
    chat = valid["chat"]
    return {
        "chat-valid": chat,
        "chat-valid twitch": [r for r in chat if r.origin == "twitch"],
        "chat-valid league": [r for r in chat if r.origin == "lck"],
        "chat-valid other live chat": [r for r in chat if r.origin == "live-chat"],
        "chat-english-valid": valid["chat-english"],
        "board-valid": valid["board"],
        "comments-valid": valid["comments"],
        "kotox-clean-valid": valid["kotox-clean"],
        "kotox-valid": valid["kotox"],
    }


def thinned(rows: list[Row], shrink: int) -> list[Row]:
    """About one row of `shrink`, drawn by its text: some sets alternate between classes."""
    return [row for row in rows if share(row.text, "thinned") < 1 / shrink]


def evaluate_sets(sets: dict, model: Judged, linear: Linear, cache: ViewCache) -> dict:
    """For each set the model's and the reference's figures, and average precision of each known head."""
    report = {}
    for name, rows in sets.items():
        targets, mask = np.array([r.targets for r in rows]), np.array([r.mask for r in rows])
        scores = model.scores(rows)
        reference = linear.logits(canonical_rows(cache, rows))[:, 0]
        known = [i for i in range(1, len(HEADS)) if mask[:, i].all() and targets[:, i].sum() >= 5]
        heads = {HEADS[i]: round(float(average_precision_score(targets[:, i], scores[:, i])), 4) for i in known}
        report[name] = {
            **judge(targets[:, 0], scores[:, 0], model.threshold(rows[0].kind)),
            "heads": heads,
            "linear": judge(targets[:, 0], reference, None),
        }
    return report


def obfuscation(report: dict) -> dict:
    """What disguise costs: the clean lines of KOTOX against their disguised copies at the threshold of chat."""
    clean, disguised = report["kotox-clean-valid"], report["kotox-valid"]
    drop = lambda key: round(100 * (clean[key] - disguised[key]), 1)
    of = lambda found: {key: found[key] for key in ("recall", "f1", "innocentRecall")}
    points = {"recall": drop("recall"), "f1": drop("f1")}
    return {"clean": of(clean), "disguised": of(disguised), "dropInPoints": points}


def interval(found: int, of: int) -> list[float]:
    """Wilson's 95 % interval of a share."""
    z, middle = 1.96, found / of
    half = z * np.sqrt(middle * (1 - middle) / of + z * z / (4 * of * of))
    middle += z * z / (2 * of)
    return [round(float((middle + sign * half) / (1 + z * z / of)), 3) for sign in (-1, 1)]


def rare_heads(rows: list[Row], model: Judged, fpr: float = 0.005) -> dict:
    """Recall of the rare heads where `fpr` of the other rows pass, pooled over sets that know them."""
    targets, scores, found = np.array([r.targets for r in rows]), model.scores(rows), {}
    for head in ("sexual", "threat"):
        k = HEADS.index(head)
        is_one = targets[:, k] == 1
        hit = int((scores[is_one, k] > np.quantile(scores[~is_one, k], 1 - fpr)).sum())
        of = int(is_one.sum())
        found[head] = {"rows": of, "recall": round(hit / max(1, of), 4), "interval": interval(hit, max(1, of))}
    return found


def probes(model: Judged, data: Path, sample: int) -> dict:
    """Lookalikes, raw chat and the lines that must or must not be flagged."""
    flags = lambda texts: model.ask(texts, "chat")[:, 0] >= model.threshold("chat")
    lines = [
        line for line in LOOKALIKES.read_text(encoding="utf-8").split("\n") if line.strip() and not line.startswith("#")
    ]
    wrong = [line for line, flagged in zip(lines, flags(lines)) if flagged]
    return {
        "lookalikes": len(lines),
        "lookalikesFlagged": len(wrong),
        "lookalikeRate": round(len(wrong) / len(lines), 4),
        "wrong": wrong,
        "rawChatFlagRate": round(float(flags(replay_sample(data, sample, 99)).mean()), 5),
        "mustFlag": [text for text, flagged in zip(MUST_FLAG, flags(MUST_FLAG)) if not flagged],
        "mustPass": [text for text, flagged in zip(MUST_PASS, flags(MUST_PASS)) if flagged],
    }


def floors(report: dict, found: dict) -> list[str]:
    """What is below its floor, in words."""
    chat = report["chat-valid"]
    linear = chat["linear"]
    checks = {
        "average precision on chat-valid within 3 points of the linear model": chat["averagePrecision"]
        >= linear["averagePrecision"] - 0.03,
        "F1 on chat-valid within 3 points of the linear model": chat["f1"] >= linear["bestF1"] - 0.03,
        "at most 5 % of lookalikes flagged": found["lookalikeRate"] <= 0.05,
        "at most 1 % of raw chat flagged": found["rawChatFlagRate"] <= 0.01,
        f"flags {MUST_FLAG}": not found["mustFlag"],
        f"passes {MUST_PASS}": not found["mustPass"],
    }
    return [name for name, holds in checks.items() if not holds]


def show(report: dict, found: dict, missed: list[str]) -> None:
    """Prints a line for each set, then what the probes found."""
    for name, r in report.items():
        line = " ".join(
            f"{key} {r[key]}"
            for key in ("rows", "abusive", *SHARES)
        )
        print(
            f"{name:28} {line} | linear AP {r['linear']['averagePrecision']} F1 {r['linear']['bestF1']} P@R70 {r['linear']['precisionAtRecall70']}"
        )
    print("heads on chat-valid", report["chat-valid"]["heads"])
    print("kotox", obfuscation(report))
    print({key: value for key, value in found.items() if key != "wrong"}, "missed:", missed or "nothing")


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument(
        "--work", type=Path, default=WORK, help="folder with model.onnx, tokenizer.json, thresholds.json, linear.bin"
    )
    parser.add_argument("--first", type=Path, help="work folder of the model before it; judges both together")
    parser.add_argument("--sample", type=int, default=240_000, help="raw chat lines for the flag rate")
    parser.add_argument("--shrink", type=int, default=1, help="use about one row of n only")
    parser.add_argument("--no-floors", action="store_true", help="report missed floors without failing")
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    cache = ViewCache()
    model, linear = judged(args.work, args.first, cache), Linear.load(args.work)
    sets = {name: thinned(rows, args.shrink) for name, rows in valid_sets(args.data).items()}
    report = evaluate_sets(sets, model, linear, cache)
    valid = load_valid(args.data)
    pooled = [row for group in OUR_GUIDELINE for row in valid[group]] + load_held(args.data)
    found = probes(model, args.data, args.sample)
    found["rareHeads"] = rare_heads(thinned(pooled, args.shrink), model)
    found["kotox"] = obfuscation(report)
    missed = floors(report, found)
    name = "report" if args.first is None else "report-pair"
    write_json(args.work / f"{name}.json", {"sets": report, "probes": found, "missed": missed})
    save_run(args.work, "evaluate" if args.first is None else "evaluate-pair", args, missed=missed)
    show(report, found, missed)
    raise SystemExit(1 if missed and not args.no_floors else 0)


if __name__ == "__main__":
    main()
