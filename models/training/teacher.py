"""Writes taught.npz: for every row that another row was made from, what the trained networks together say.

Networks of different kinds err differently; their logits are mixed for each head with weights fitted on the held-out
training chat.

    PYTHONPATH=models python -m training.teacher --work ~/.cache/haechi/work --network teacher-1.pt --network first.pt
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from .common import HEADS, WORK, save_run
from .encoder import Encoder, EncoderShape
from .export import load_trained
from .packed import Examples, Packed, logits_of, pick_device


def load_network(path: Path, device: torch.device) -> torch.nn.Module:
    """A network that train.py wrote, of either kind."""
    saved = torch.load(path, weights_only=True)
    if "unfolded" in saved:
        return load_trained(path).to(device)
    encoder = Encoder(EncoderShape(**saved["shape"]))
    encoder.load_state_dict(saved["weights"])
    return encoder.float().to(device).eval()


def mix(parts: list[np.ndarray], targets: np.ndarray) -> list[LogisticRegression]:
    """For each head a regression over the parts' logits; parts are [rows, heads]."""
    models = []
    for head in range(len(HEADS)):
        features = np.stack([part[:, head] for part in parts], axis=1)
        models.append(LogisticRegression(C=0.05).fit(features, targets[:, head]))
    return models


def blend(models: list[LogisticRegression], parts: list[np.ndarray]) -> np.ndarray:
    """Probabilities float32 [rows, heads] of the mix."""
    columns = [model.predict_proba(np.stack([p[:, h] for p in parts], axis=1))[:, 1] for h, model in enumerate(models)]
    return np.stack(columns, axis=1).astype(np.float32)


def answers(examples: Examples, networks: list[torch.nn.Module], models: list, device: torch.device) -> np.ndarray:
    """float16 [rows, heads]; rows that are nobody's source stay 0."""
    wanted = np.unique(examples.source)
    lengths = examples.lengths[wanted]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    index = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths) + np.repeat(examples.offsets[wanted], lengths)
    some = Packed(examples.ids[index], offsets)
    out = np.zeros((len(examples), len(HEADS)), np.float16)
    out[wanted] = blend(models, [logits_of(network, some, device) for network in networks])
    return out


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder with examples.npz and tune.npz")
    parser.add_argument("--network", action="append", required=True, help="weights in the work folder; repeat it")
    parser.add_argument("--device", default="auto", help="cpu, cuda or auto")
    return parser


def main() -> None:
    args = flags().parse_args()
    device = pick_device(args.device)
    examples, tune = Examples.load(args.work / "examples.npz"), Examples.load(args.work / "tune.npz")
    networks = [load_network(args.work / name, device) for name in args.network]
    held = [logits_of(network, tune, device) for network in networks]
    models = mix(held, tune.targets)
    score = lambda values: round(float(average_precision_score(tune.targets[:, 0], values[:, 0])), 4)
    facts = {
        "weights": {head: model.coef_[0].round(3).tolist() for head, model in zip(HEADS, models)},
        "alone": [score(part) for part in held],
        "mixed": score(blend(models, held)),
    }
    targets = answers(examples, networks, models, device)
    np.savez(args.work / "taught.npz", targets=targets)
    save_run(args.work, "teacher", args, **facts)
    print(facts, f"mean abusive answer {targets[np.unique(examples.source), 0].mean():.4f}")


if __name__ == "__main__":
    main()
