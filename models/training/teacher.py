"""Writes taught.npz: for every row that another row was made from, what the trained networks and the linear model together say.

Networks of different kinds err differently; their logits are mixed for each head with weights fitted on the held-out
training chat.

    PYTHONPATH=models python -m training.teacher --network teacher-1.pt --network first.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from .common import HEADS, WORK, save_run
from .encoder import load_encoder
from .export import is_encoder, load_trained
from .linear import Linear
from .packed import Examples, Packed, logits_of, pick_device, read_texts, some_rows


def load_network(path: Path, device: torch.device) -> torch.nn.Module:
    """A network that train.py wrote, of either kind."""
    return (load_encoder(path) if is_encoder(path) else load_trained(path)).to(device)


def mix(parts: list[np.ndarray], targets: np.ndarray) -> np.ndarray:
    """Weights of the parts and a bias, float32 [heads, parts + 1]; parts are logits [rows, heads].

    A head without a positive row in the held-out lines takes the parts' mean.
    """
    found = np.zeros((len(HEADS), len(parts) + 1), np.float32)
    for head in range(len(HEADS)):
        if targets[:, head].min() == targets[:, head].max():
            found[head, :-1] = 1 / len(parts)
            continue
        features = np.stack([part[:, head] for part in parts], axis=1)
        fitted = LogisticRegression(C=0.05).fit(features, targets[:, head])
        found[head] = [*fitted.coef_[0], fitted.intercept_[0]]
    return found


def blend(weights: np.ndarray, parts: list[np.ndarray]) -> np.ndarray:
    """Probabilities float32 [rows, heads] of the mix."""
    logits = sum(part * weights[:, i] for i, part in enumerate(parts)) + weights[:, -1]
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


class Teacher:
    """Networks that read tokens, and the linear model that reads characters."""

    def __init__(self, work: Path, networks: list[str], device: torch.device):
        self.networks = [load_network(work / name, device) for name in networks]
        self.linear = Linear.load(work)
        self.device = device

    def parts(self, rows: Packed, texts: list[str]) -> list[np.ndarray]:
        """Logits of each member, float32 [rows, heads], the linear model last."""
        return [*(logits_of(network, rows, self.device) for network in self.networks), self.linear.logits(texts)]


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder with examples.npz and tune.npz")
    parser.add_argument("--network", action="append", required=True, help="weights in the work folder; repeat it")
    parser.add_argument("--device", default="auto", help="cpu, cuda or auto")
    return parser


def main() -> None:
    args = flags().parse_args()
    device = pick_device(args.device)
    teacher = Teacher(args.work, args.network, device)
    tune = Examples.load(args.work / "tune.npz")
    held = teacher.parts(tune, read_texts(args.work / "tune.txt.gz"))
    weights = mix(held, tune.targets)
    score = lambda values: round(float(average_precision_score(tune.targets[:, 0], values[:, 0])), 4)
    facts = {
        "weights": {head: row.round(3).tolist() for head, row in zip(HEADS, weights)},
        "alone": [score(part) for part in held],
        "mixed": score(blend(weights, held)),
    }
    examples, texts = Examples.load(args.work / "examples.npz"), read_texts(args.work / "examples.txt.gz")
    wanted = np.unique(examples.source)
    targets = np.zeros((len(examples), len(HEADS)), np.float16)  # rows that are nobody's source stay 0
    targets[wanted] = blend(weights, teacher.parts(some_rows(examples, wanted), [texts[i] for i in wanted]))
    np.savez(args.work / "taught.npz", targets=targets)
    save_run(args.work, "teacher", args, **facts)
    print(facts, f"mean abusive answer {targets[wanted, 0].mean():.4f}")


if __name__ == "__main__":
    main()
