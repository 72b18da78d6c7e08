"""Writes taught.npz: unlabelled lines with soft targets from the linear model, alone or with trained networks.

The linear model and a network err differently; the sum of their logits beats both. With --network the mix is fitted
for each head on the held-out training chat.

    PYTHONPATH=models python -m training.teacher --work ~/.cache/haechi/work --network first.pt
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from .common import DATA, HEADS, WORK, need_data, save_run
from .export import load_trained
from .train import logits_of, read


def mix(parts: list[np.ndarray], targets: np.ndarray) -> list[LogisticRegression]:
    """For each head a two- or three-weight regression over the parts' logits; parts are [rows, heads]."""
    models = []
    for head in range(len(HEADS)):
        features = np.stack([part[:, head] for part in parts], axis=1)
        models.append(LogisticRegression(C=1.0).fit(features, targets[:, head]))
    return models


def blend(models: list[LogisticRegression], parts: list[np.ndarray]) -> np.ndarray:
    """Probabilities [rows, heads] of the mix."""
    columns = [model.predict_proba(np.stack([p[:, h] for p in parts], axis=1))[:, 1] for h, model in enumerate(models)]
    return np.stack(columns, axis=1).astype(np.float32)


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with soft.npz, tune.npz, baseline.npz")
    parser.add_argument(
        "--network", action="append", default=[], help="weights file in the work folder; may be repeated"
    )
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    soft, tune = read(args.work / "soft.npz"), read(args.work / "tune.npz")
    with np.load(args.work / "tune.npz") as saved:
        linear_tune = saved["linear"]
    targets, facts = sigmoid(soft.targets.numpy()), {}
    if args.network:
        networks = [load_trained(args.work / name) for name in args.network]
        models = mix([linear_tune] + [logits_of(network, tune) for network in networks], tune.targets.numpy())
        targets = blend(models, [soft.targets.numpy()] + [logits_of(network, soft) for network in networks])
        mixed = blend(models, [linear_tune] + [logits_of(network, tune) for network in networks])
        facts = {"weights": {h: m.coef_[0].round(3).tolist() for h, m in zip(HEADS, models)}}
        facts["tuneAveragePrecision"] = round(float(average_precision_score(tune.targets[:, 0], mixed[:, 0])), 4)
    np.savez(
        args.work / "taught.npz",
        ids=soft.ids,
        offsets=soft.offsets,
        targets=targets,
        mask=soft.mask.numpy(),
        weight=soft.weight,
    )
    save_run(args.work, "teacher", args, **facts, meanAbusive=round(float(targets[:, 0].mean()), 4))
    print(facts, f"mean abusive target {targets[:, 0].mean():.4f}")


if __name__ == "__main__":
    main()
