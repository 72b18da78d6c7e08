"""Trains the CNN + BiLSTM on the packed examples and keeps the epoch that is best on held-out training chat.

Masked multi-label loss, a WeightedRandomSampler over rows, token dropout, rows joined to innocent neighbours (so that
kind padding does not hide abuse), soft targets on unlabelled lines, an average of the weights over steps.

    PYTHONPATH=models python -m training.train --work ~/.cache/haechi/work --epochs 8
"""

import argparse
import copy
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import Tensor
from torch.utils.data import WeightedRandomSampler

from .common import HEADS, WORK, save_run
from .model import CnnBilstm, Shape, masked_bce
from .pieces import shared_parts
from .tokenizer import load

MASKED, WINDOW = 4, 48


@dataclass
class Examples:
    """Packed rows; `weight` is what the sampler draws by."""

    ids: np.ndarray
    offsets: np.ndarray
    targets: Tensor
    mask: Tensor
    weight: np.ndarray

    def row(self, index: int) -> np.ndarray:
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    def __len__(self) -> int:
        return len(self.weight)


def read(path: Path) -> Examples:
    """Reads what examples.py or teacher.py wrote."""
    with np.load(path) as saved:
        targets, mask = torch.from_numpy(saved["targets"]), torch.from_numpy(saved["mask"])
        return Examples(saved["ids"], saved["offsets"], targets, mask, saved["weight"].astype(np.float64))


def favour_rare(examples: Examples, times: float) -> Examples:
    """Rows marked sexual or threat are drawn more often: there are only a few hundred."""
    rare = (examples.targets[:, [HEADS.index("sexual"), HEADS.index("threat")]] > 0).any(dim=1).numpy()
    weight = np.where(rare, examples.weight * times, examples.weight)
    return Examples(examples.ids, examples.offsets, examples.targets, examples.mask, weight)


def join(hard: Examples, soft: Examples, soft_share: float) -> Examples:
    """Both piles as one, weighted so that a share of the draws is soft."""
    first = hard.weight / hard.weight.sum() * (1 - soft_share)
    second = soft.weight / soft.weight.sum() * soft_share
    offsets = np.concatenate([hard.offsets, soft.offsets[1:] + hard.offsets[-1]])
    both = lambda a, b: torch.cat([a, b])
    return Examples(
        np.concatenate([hard.ids, soft.ids]),
        offsets,
        both(hard.targets, soft.targets),
        both(hard.mask, soft.mask),
        np.concatenate([first, second]),
    )


def pad(rows: list[np.ndarray]) -> tuple[Tensor, Tensor]:
    """Rows as (ids int64 [rows, longest], lengths int32 [rows])."""
    ids = np.zeros((len(rows), max(len(row) for row in rows)), np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return torch.from_numpy(ids), torch.tensor([len(row) for row in rows], dtype=torch.int32)


def disturb(rng: np.random.Generator, row: np.ndarray, innocent: np.ndarray | None, drop: float) -> np.ndarray:
    """Masks some tokens and, when `innocent` is given, sets it before or behind the row within one window."""
    if len(row) > 1:
        row = np.where(rng.random(len(row)) < drop, MASKED, row)
    if innocent is None or len(row) + len(innocent) > WINDOW:
        return row
    return np.concatenate([row, innocent] if rng.random() < 0.5 else [innocent, row])


def batches(lengths: np.ndarray, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Places of rows, one length a batch, in random order. Without padding PyTorch takes its fast LSTM."""
    parts = []
    for length in np.unique(lengths):
        same = rng.permutation(np.flatnonzero(lengths == length))
        parts += [same[i : i + size] for i in range(0, len(same), size)]
    order = rng.permutation(len(parts))
    return [parts[i] for i in order]


def logits_of(model: CnnBilstm, examples: Examples) -> np.ndarray:
    """Logits of every row, float32 [rows, heads], without dropout."""
    model.eval()
    out = np.zeros((len(examples), len(HEADS)), np.float32)
    order = np.argsort(np.diff(examples.offsets), kind="stable")
    with torch.no_grad():
        for start in range(0, len(order), 512):
            some = order[start : start + 512]
            out[some] = model(*pad([examples.row(i) for i in some])).numpy()
    return out


class Average:
    """Exponential average of a model's weights over steps."""

    def __init__(self, model: CnnBilstm, decay: float):
        self.decay, self.steps = decay, 0
        self.model = copy.deepcopy(model)

    def update(self, model: CnnBilstm) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.model.parameters()), list(model.parameters()), 1 - decay)


def rate_share(progress: float) -> float:
    """Share of the highest learning rate at a progress of 0..1: a tenth of warm-up, then a cosine to zero."""
    return max(0.04, progress * 10) if progress < 0.1 else 0.5 + 0.5 * float(np.cos(np.pi * (progress - 0.1) / 0.9))


def train_epoch(model, average, optimiser, epoch: int, examples: Examples, args, rng: np.random.Generator) -> float:
    """One epoch of `args.draws` draws; gives the mean loss."""
    model.train()
    generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
    sampler = WeightedRandomSampler(
        torch.from_numpy(examples.weight), args.draws, replacement=True, generator=generator
    )
    innocents = np.flatnonzero((examples.targets[:, 0] < 0.02).numpy() & (np.diff(examples.offsets) <= 12))
    head_weights = torch.tensor([3.0, 1, 1, 1, 1, 1, 1])
    draws = np.fromiter(sampler, np.int64, args.draws)
    neighbours = np.where(rng.random(args.draws) < args.join, rng.choice(innocents, args.draws), -1)
    rows = [
        disturb(rng, examples.row(i), examples.row(j) if j >= 0 else None, args.drop) for i, j in zip(draws, neighbours)
    ]
    losses = []
    parts = batches(np.array([len(row) for row in rows]), args.batch, rng)
    for step, places in enumerate(parts):
        some = draws[places]
        optimiser.param_groups[0]["lr"] = args.rate * rate_share((epoch + step / len(parts)) / args.epochs)
        loss = masked_bce(
            model(*pad([rows[i] for i in places])), examples.targets[some], examples.mask[some], head_weights
        )
        optimiser.zero_grad(set_to_none=True)
        # The last batch of a length may be tiny: it must not move the weights like a full one.
        (loss * (len(places) / args.batch)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def shuffled(examples: Examples, rng: np.random.Generator) -> Examples:
    """The same rows with the labels of others: what is learnt from them must be worth nothing."""
    order = torch.from_numpy(rng.permutation(len(examples)))
    return Examples(examples.ids, examples.offsets, examples.targets[order], examples.mask[order], examples.weight)


def new_model(args) -> CnnBilstm:
    """A network for the work folder's vocabulary, with fresh weights or those of --start."""
    torch.manual_seed(args.seed)
    tokenizer = load(args.work / "tokenizer.json")
    ids, offsets, count = shared_parts(tokenizer)
    shape = Shape(
        tokenizer.get_vocab_size(),
        args.embedding,
        filters=args.filters,
        hidden=args.hidden,
        pairs=args.pairs,
        parts=count if args.parts else 0,
    )
    model = CnnBilstm(shape, args.dropout, (ids, offsets))
    if args.start:
        model.load_state_dict(torch.load(args.work / args.start, weights_only=True)["unfolded"])
    return model


def save_weights(model: CnnBilstm, path: Path) -> None:
    """Writes the folded weights and, for --start, the unfolded ones."""
    plain = model.folded()
    torch.save({"shape": plain.shape.to_json(), "weights": plain.state_dict(), "unfolded": model.state_dict()}, path)


def fit(model: CnnBilstm, examples: Examples, tune: Examples, args) -> list[dict]:
    """Trains for all epochs and writes the averaged weights when they are the best yet; gives each epoch's figures."""
    rng = np.random.default_rng(args.seed)
    average = Average(model, 0.999)
    optimiser = torch.optim.AdamW(model.parameters(), args.rate, weight_decay=args.decay)
    history: list[dict] = []
    for epoch in range(args.epochs):
        started = time.time()
        loss = train_epoch(model, average, optimiser, epoch, examples, args, rng)
        found = float(average_precision_score(tune.targets[:, 0].numpy(), logits_of(average.model, tune)[:, 0]))
        if not history or found > max(e["tuneAveragePrecision"] for e in history):
            save_weights(average.model, args.work / args.out)
        history.append(
            {
                "epoch": epoch,
                "loss": round(loss, 4),
                "tuneAveragePrecision": round(found, 4),
                "seconds": round(time.time() - started),
            }
        )
        print(history[-1], flush=True)
    return history


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--work", type=Path, default=WORK, help="folder with hard.npz, tune.npz and, for soft targets, taught.npz"
    )
    parser.add_argument("--out", default="model.pt", help="name of the weights file to write there")
    parser.add_argument("--epochs", type=int, default=8, help="epochs")
    parser.add_argument("--draws", type=int, default=250_000, help="rows drawn an epoch")
    parser.add_argument("--batch", type=int, default=384, help="rows a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=0.02, help="weight decay")
    parser.add_argument("--dropout", type=float, default=0.3, help="dropout of embeddings and features")
    parser.add_argument("--drop", type=float, default=0.06, help="share of tokens masked")
    parser.add_argument("--join", type=float, default=0.1, help="share of rows joined to an innocent one")
    parser.add_argument("--soft", type=float, default=0.5, help="share of draws from taught.npz, 0 for none")
    parser.add_argument(
        "--rare", type=float, default=4.0, help="how many times more often sexual and threat rows are drawn"
    )
    parser.add_argument("--pairs", type=int, default=Shape.pairs, help="buckets of the wide part")
    parser.add_argument(
        "--parts", type=int, default=1, choices=[0, 1], help="1: pieces share the vectors of their jamo n-grams"
    )
    parser.add_argument("--start", help="weights file to go on from")
    parser.add_argument("--embedding", type=int, default=Shape.embedding, help="size of the token vectors")
    parser.add_argument("--filters", type=int, default=Shape.filters, help="filters of each width")
    parser.add_argument("--hidden", type=int, default=Shape.hidden, help="size of the LSTM in each direction")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch")
    parser.add_argument("--seed", type=int, default=3, help="seed of weights, sampling and dropout")
    parser.add_argument("--shuffle-labels", action="store_true", help="train on shuffled labels: must collapse")
    return parser


def main() -> None:
    args = flags().parse_args()
    torch.set_num_threads(args.threads)
    hard, tune = favour_rare(read(args.work / "hard.npz"), args.rare), read(args.work / "tune.npz")
    if args.shuffle_labels:
        hard = shuffled(hard, np.random.default_rng(args.seed))
    examples = join(hard, read(args.work / "taught.npz"), args.soft) if args.soft else hard
    model = new_model(args)
    history = fit(model, examples, tune, args)
    base = float(tune.targets[:, 0].mean())
    save_run(
        args.work,
        Path(args.out).stem,
        args,
        shape=replace(model.shape, parts=0).to_json(),
        examples=len(examples),
        history=history,
        tuneBaseRate=round(base, 4),
    )


if __name__ == "__main__":
    main()
