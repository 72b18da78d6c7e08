"""Fits the use of a model after another one: which rows it is asked, what it counts there, and the thresholds of both.

On held-out rows each head's share is fitted where the first model's own logit counts 1, at the row of a text that the
first finds worst. The band is set on unlabelled chat and disguised copies of it: of all bands that ask the second at
most --asked of the rows of raw chat it is the one in which the fewest verdicts differ from those of a pair without a
band. Calibration and thresholds are those of the pair, after the maximum over views and windows.

    PYTHONPATH=models python -m training.second --first ~/.cache/haechi/work --work ~/.cache/haechi/work-bert
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score

from .cascade import KINDS, LEAST_POSITIVE, by_head, fit_shares
from .common import DATA, HEADS, WORK, need_data, save_run, write_json
from .data import Row
from .packed import Examples, read_texts
from .pair import EVERYTHING, Pair, Read, in_doubt, read_of_kinds, shares_of, together, within
from .reliability import draw
from .score import NOTHING, highest, probabilities
from .thresholds import (
    add_limits,
    best_f1,
    calibrate,
    careful_cut,
    is_ours,
    platt,
    replay_sample,
    scores_of,
    settle,
    show,
    tune_rows,
)
from .views import ViewCache

LOWS, HIGHS = np.round(np.arange(0.01, 0.5, 0.01), 2), np.round(np.arange(0.5, 1.001, 0.01), 2)


def targets_of(rows: list[Row]) -> np.ndarray:
    """int64 [rows, heads]."""
    return np.array([row.targets for row in rows])


def worst_rows(read: Read) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(texts that were asked, first logits, second logits) at each text's row with the highest first logit of a head.

    int64 [texts], float32 [texts, heads] twice; rows that were not asked are left out.
    """
    asked = np.flatnonzero(np.isfinite(read.second[:, 0]))
    texts = np.unique(read.owner[asked])
    first, second = (np.zeros((len(texts), len(HEADS)), np.float32) for _ in range(2))
    for k in range(len(HEADS)):
        order = asked[np.argsort(read.first[asked, k], kind="stable")]
        # Of each text the row that comes last, its highest, stays.
        where = np.searchsorted(texts, read.owner[order])
        first[where, k], second[where, k] = read.first[order, k], read.second[order, k]
    return texts, first, second


def mixed_logits(read: Read, share: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Mixed logits of the asked rows, the maximum for each text; float32 [texts, heads], NOTHING where none was asked."""
    return highest(read.owner[asked], read.first[asked] + share * read.second[asked], read.count, NOTHING)


def calibration_of(read: Read, section: dict, first: dict, targets: np.ndarray) -> dict:
    """Platt scaling of the mixed logits, on the texts that the asked rows decide: no other row is sure of them.

    `targets` [texts, heads], `first` the first model's calibration. A head that too few of these texts have, or lack,
    is fitted on every text of which the second can be asked a row.
    """
    share, band = shares_of(section), section["band"]
    passed = np.isfinite(read.second[:, 0])
    texts = np.unique(read.owner[passed])
    found = calibrate(mixed_logits(read, share, passed)[texts], targets[texts])
    doubt = in_doubt(read, band, first)
    sure = probabilities(read.first, first)[:, 0] >= band["high"]
    decided = np.setdiff1d(read.owner[doubt], read.owner[sure])
    logits = mixed_logits(read, share, doubt)[decided]
    for k, head in enumerate(HEADS):
        positive = targets[decided, k].sum()
        if min(positive, len(decided) - positive) >= LEAST_POSITIVE:
            found[head] = platt(logits[:, k], targets[decided, k])
    return found


def choose_band(first: np.ndarray, pair: np.ndarray, raw: np.ndarray, cut: float, most: float) -> dict:
    """The band in which the fewest verdicts are lost, with its facts.

    `first` [rows] is what the first model says, NaN where its network is not asked, `pair` [rows] what both say when
    every such row is asked, `raw` [rows] which are of raw chat. A row that is not asked is lost where the verdicts at
    `cut` differ.
    """
    differs, found = np.isfinite(first) & ((first >= cut) != (pair >= cut)), []
    for low in LOWS:
        for high in HIGHS:
            inside = within({"low": low, "high": high}, first)
            if inside[raw].mean() <= most:
                found.append((int((differs & ~inside).sum()), int(inside.sum()), float(low), float(high)))
    if not found:
        raise SystemExit(f"every band asks more than {most} of raw chat's rows: give --asked a larger share")
    lost, _, low, high = min(found)
    inside = within({"low": low, "high": high}, first)
    return {
        "band": {"low": low, "high": high},
        "askedOfRaw": round(float(inside[raw].mean()), 5),
        "askedOfCopies": round(float(inside[~raw].mean()), 5),
        "flagged": int((pair >= cut).sum()),
        "differing": int(differs.sum()),
        "lost": lost,
    }


def sample_of_rows(work: Path, count: int, seed: int) -> tuple[list[str], np.ndarray]:
    """(rows of unlabelled chat and of disguised copies, which of them are raw chat)."""
    examples, texts = Examples.load(work / "examples.npz"), read_texts(work / "examples.txt.gz")
    places = np.flatnonzero(np.isin(examples.kinds, KINDS) & (examples.lengths > 0))
    places = np.random.default_rng(seed).permutation(places)[:count]
    return [texts[i] for i in places], examples.kinds[places] == "soft"


def find_band(pair: Pair, section: dict, cut: float, args) -> dict:
    """The band and its facts from rows of unlabelled chat; the few that are longer than a window count once."""
    texts, raw = sample_of_rows(args.first, args.rows, args.seed)
    read = pair.read_rows(texts, EVERYTHING)
    first = np.full(read.count, np.nan, np.float32)
    asked = np.isfinite(read.second[:, 0])
    np.fmax.at(first, read.owner[asked], probabilities(read.first[asked], pair.calibration)[:, 0])
    return choose_band(first, together(read, section, pair.calibration)[:, 0], raw, cut, args.asked)


def fit(pair: Pair, read: Read, targets: np.ndarray, args) -> tuple[dict, dict, dict]:
    """(section without thresholds, the same with every row asked, facts of the band) from labelled rows."""
    texts, first, second = worst_rows(read)
    share = by_head(fit_shares(first, second, targets[texts]))
    every = {"band": EVERYTHING, "share": share}
    every["calibration"] = calibration_of(read, every, pair.calibration, targets)
    cut = careful_cut(targets[:, 0], together(read, every, pair.calibration)[:, 0])
    facts = find_band(pair, every, cut, args)
    section = {"band": facts["band"], "share": share}
    section["calibration"] = calibration_of(read, section, pair.calibration, targets)
    return section, every, facts


def compare(rows: list[Row], manners: dict[str, np.ndarray]) -> dict:
    """Average precision and best F1 of each manner on held-out chat; each [rows, heads], of all rows."""
    chat = np.array([row.group == "chat" for row in rows])
    targets = targets_of(rows)[chat, 0]
    return {
        name: {
            "averagePrecision": round(float(average_precision_score(targets, scores[chat, 0])), 4),
            "bestF1": round(best_f1(targets, scores[chat, 0])[0], 4),
        }
        for name, scores in manners.items()
    }


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--first", type=Path, default=WORK, help="work folder of the first model, with thresholds.json")
    parser.add_argument("--work", type=Path, required=True, help="work folder of the second model, with cascade.json")
    parser.add_argument("--asked", type=float, default=0.02, help="largest share of raw chat's rows that is asked")
    parser.add_argument("--rows", type=int, default=250_000, help="unlabelled rows and copies that set the band")
    add_limits(parser)
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    for name in ("second.json", "second.run.json", "reliability-pair.svg"):
        (args.work / name).unlink(missing_ok=True)
    cache = ViewCache()
    pair, rows = Pair(args.first, args.work, cache), tune_rows(args.data, cache, args.shrink)
    ours, read = is_ours(rows), read_of_kinds(pair, rows, EVERYTHING)
    section, every, facts = fit(pair, read.of_texts(ours), targets_of(rows)[ours], args)
    scores = together(read, section, pair.calibration)
    sample = pair.read(replay_sample(args.data, args.sample, args.seed), "chat", section["band"])
    facts["askedOfReplay"] = round(float(np.isfinite(sample.second[:, 0]).mean()), 5)
    settled = settle(rows, scores, together(sample, section, pair.calibration), args)
    facts["heldOutChat"] = compare(
        rows,
        {
            "first": highest(read.owner, read.first, read.count, NOTHING),
            "second": scores_of(pair.second.logits, rows),
            "everyRow": together(read, every, pair.calibration),
            "pair": scores,
        },
    )
    write_json(args.work / "second.json", section | {key: settled[key] for key in ("thresholds", "boardThresholds")})
    drawing = draw(settled["reliability"], "Reliability of abusive on held-out chat, both models")
    (args.work / "reliability-pair.svg").write_text(drawing, encoding="utf-8")
    save_run(args.work, "second", args, rows=len(rows), **facts, **settled)
    show(settled)
    print(section["share"], facts)


if __name__ == "__main__":
    main()
