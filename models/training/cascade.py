"""Puts the linear model and the network together: how much each head's linear logit counts beside the network's, and
below which linear logits a row is harmless enough that the network is not asked.

The shares are fitted on held-out lines and a disguised copy of each, whose grams the linear model does not know: on
plain lines alone it counts so much that disguise gets past. The gates are set on unlabelled chat and on disguised copies of it: of what
both together find suspect of a head, --lose lies below that head's gate; a row is cleared only below all of them.
No gate counts for channel terms, which are rules.

    PYTHONPATH=models python -m training.cascade --data ../shared/data
"""

import argparse
import random
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from .augment import obfuscate
from .common import DATA, HEADS, WORK, need_data, read_json, save_run, write_json
from .data import Row, canonical_rows, held_out
from .examples import nearest, views_of
from .packed import Examples, read_texts
from .score import Scorer, probabilities
from .thresholds import calibrate
from .views import ViewCache

MOST_SHARE = 3.0
# A head that too few held-out rows hold takes the share that the others have on average.
LEAST_POSITIVE = 30
# From this probability on a row is suspect: below every threshold that ships.
SUSPECT = 0.3
KINDS = ("soft", "soft-copy", "copy")


def fit_shares(network: np.ndarray, linear: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """What the linear logit counts where the network's counts 1, on held-out rows; float32 [heads]."""
    shares = np.full(len(HEADS), np.nan, np.float32)
    for k in range(len(HEADS)):
        if targets[:, k].sum() >= LEAST_POSITIVE:
            fitted = LogisticRegression(C=0.05).fit(np.stack([network[:, k], linear[:, k]], 1), targets[:, k])
            of_network, of_linear = fitted.coef_[0]
            shares[k] = np.clip(of_linear / max(of_network, 1e-3), 0, MOST_SHARE)
    return np.where(np.isnan(shares), np.nanmean(shares), shares).astype(np.float32)


def disguised_rows(cache: ViewCache, rows: list[Row], plain: list[str], seed: int) -> list[str]:
    """A disguised copy of each row, in the view that comes nearest to its `plain` one, which stands where none is left."""
    rng = random.Random(seed)
    found = views_of(cache, rows, [obfuscate(rng, row.text) for row in rows])
    return [nearest(views, text) if views and text else text for views, text in zip(found, plain)]


def by_head(values: np.ndarray) -> dict[str, float]:
    """One number for each head, by its name."""
    return {head: round(float(value), 5) for head, value in zip(HEADS, values)}


def gates(linear: np.ndarray, probability: np.ndarray, lose: float) -> np.ndarray:
    """For each head the linear logit below which `lose` of its suspect rows lie; float64 [heads]."""
    found = np.full(len(HEADS), np.inf)
    for k in range(len(HEADS)):
        suspect = linear[probability[:, k] >= SUSPECT, k]
        if len(suspect) >= LEAST_POSITIVE:
            found[k] = np.quantile(suspect, lose)
    return np.where(np.isinf(found), linear.max(axis=0) + 1, found)


def line_through(linear: np.ndarray, mixed: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(slope, offset) float64 [heads] by least squares: what a cleared row's mixed logit would be about."""
    slopes = np.array([max(0.0, np.polyfit(linear[:, k], mixed[:, k], 1)[0]) for k in range(len(HEADS))])
    return slopes, mixed.mean(axis=0) - slopes * linear.mean(axis=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with model.onnx, linear.bin and examples.npz")
    parser.add_argument("--lose", type=float, default=0.05, help="share of the rows suspect of a head that lie below its gate")
    parser.add_argument("--sample", type=int, default=250_000, help="unlabelled rows and copies that set the gates")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--seed", type=int, default=19, help="seed of the sample")
    args = parser.parse_args()
    need_data(args.data)
    (args.work / "cascade.json").unlink(missing_ok=True)
    cache = ViewCache()
    scorer = Scorer(args.work, cache)
    rows = held_out(args.data, cache, args.shrink)
    plain = canonical_rows(cache, rows)
    network, linear = scorer.both(plain + disguised_rows(cache, rows, plain, args.seed))
    targets = np.array([row.targets for row in rows])
    shares = fit_shares(network, linear, np.tile(targets, (2, 1)))
    calibration = calibrate((network + shares * linear)[: len(rows)], targets)
    examples, texts = Examples.load(args.work / "examples.npz"), read_texts(args.work / "examples.txt.gz")
    places = np.flatnonzero(np.isin(examples.kinds, KINDS) & (examples.lengths > 0))
    places = np.random.default_rng(args.seed).permutation(places)[: args.sample]
    network, linear = scorer.both([texts[i] for i in places])
    mixed = network + shares * linear
    probability = probabilities(mixed, calibration)
    below = gates(linear, probability, args.lose)
    cleared = (linear < below).all(axis=1)
    slope, offset = line_through(linear[cleared], mixed[cleared])
    raw, suspect = examples.kinds[places] == "soft", probability[:, 0] >= SUSPECT
    facts = {
        "passedOn": round(float(1 - cleared[raw].mean()), 4),
        "passedOnOfCopies": round(float(1 - cleared[~raw].mean()), 4),
        "suspectLost": round(float(cleared[suspect & raw].mean()), 5),
        "suspectCopiesLost": round(float(cleared[suspect & ~raw].mean()), 5),
    }
    clears = {"below": by_head(below), "slope": by_head(slope), "offset": by_head(offset)}
    linear_facts = read_json(args.work / "linear.json")
    write_json(args.work / "cascade.json", linear_facts | {"share": by_head(shares), "clears": clears})
    save_run(args.work, "cascade", args, rows=len(places), share=by_head(shares), **facts)
    print(facts, by_head(shares), by_head(below))


if __name__ == "__main__":
    main()
