"""Trains a network on the packed examples and keeps the last epoch that is about the best on held-out training chat.

Masked multi-label loss, a WeightedRandomSampler over rows, token dropout, rows joined to innocent neighbours, an
average of the weights over steps. Without --taught it learns the labels alone; with it, each row's label and the
teacher's answer for the text the row was made from, as the row's trust says. With --encoder the pre-trained encoder
is fine-tuned instead of the CNN + BiLSTM.

    PYTHONPATH=models python -m training.train --work ~/.cache/haechi/work --epochs 8
"""

import argparse
import copy
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from torch import Tensor, nn
from torch.utils.data import WeightedRandomSampler

from .common import HEADS, WORK, save_run
from .encoder import Encoder, load_encoder
from .model import CnnBilstm, Shape, masked_bce
from .packed import Examples, Rows, by_length, drop_tokens, is_half_faster, logits_of, pick_device
from .pieces import shared_parts
from .tokenizer import load

WINDOW = 48
# What a head that no label knows may weigh when only the teacher speaks of it.
UNKNOWN_HEAD = 0.5
# A later epoch, with disguises better learnt, is kept unless held-out chat says that it is worse by more than this.
TIE = 0.004


def favour_rare(examples: Examples, times: float) -> None:
    """Rows marked sexual or threat are drawn more often: they are few."""
    rare = (examples.targets[:, [HEADS.index("sexual"), HEADS.index("threat")]] > 0).any(axis=1)
    examples.weight[rare] *= times


def goals(examples: Examples, taught: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """(targets, weights of the heads), float32 [rows, heads]: labels alone, or labels mixed with the teacher."""
    if taught is None:
        return examples.targets, examples.mask
    teacher = taught[examples.source].astype(np.float32)
    trust = examples.trust[:, None] * examples.mask
    weights = np.where(examples.mask > 0, 1.0, np.where(examples.trust[:, None] < 1, UNKNOWN_HEAD, 0.0))
    return trust * examples.targets + (1 - trust) * teacher, weights.astype(np.float32)


def drawn_by(examples: Examples, taught: np.ndarray | None, soft_share: float) -> np.ndarray:
    """Weights of the sampler: rows without a label make up `soft_share` of the draws, none without a teacher."""
    soft = examples.trust == 0
    weight = examples.weight.astype(np.float64)
    if taught is None:
        return np.where(soft, 0, weight)
    return np.where(
        soft,
        weight / max(weight[soft].sum(), 1e-9) * soft_share,
        weight / weight[~soft].sum() * (1 - soft_share),
    )


class Average:
    """Exponential average of a model's weights over steps."""

    def __init__(self, model: nn.Module, decay: float):
        self.decay, self.steps = decay, 0
        self.model = copy.deepcopy(model)

    def update(self, model: nn.Module) -> None:
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.model.parameters()), list(model.parameters()), 1 - decay)


def rate_share(progress: float) -> float:
    """Share of the highest learning rate at a progress of 0..1: a tenth of warm-up, then a cosine to zero."""
    return max(0.04, progress * 10) if progress < 0.1 else 0.5 + 0.5 * float(np.cos(np.pi * (progress - 0.1) / 0.9))


class Trainer:
    """Everything an epoch needs, on one device."""

    def __init__(self, model: nn.Module, examples: Examples, taught: np.ndarray | None, args, device: torch.device):
        self.model, self.args, self.device = model, args, device
        self.rows, self.lengths = Rows(examples, device), examples.lengths
        targets, weights = goals(examples, taught)
        self.targets, self.weights = torch.from_numpy(targets).to(device), torch.from_numpy(weights).to(device)
        self.draw_by = torch.from_numpy(drawn_by(examples, taught, args.soft))
        self.innocents = np.flatnonzero((targets[:, 0] < 0.02) & (weights[:, 0] > 0) & (self.lengths <= 12))
        self.average = Average(model, 0.999)
        self.optimiser = torch.optim.AdamW(model.parameters(), args.rate, weight_decay=args.decay, fused=True)
        self.head_weights = torch.tensor([3.0, 1, 1, 1, 1, 1, 1], device=device)

    def epoch(self, number: int, rng: np.random.Generator) -> float:
        """One epoch of `args.draws` draws; gives the mean loss."""
        args = self.args
        self.model.train()
        generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
        draws = np.fromiter(WeightedRandomSampler(self.draw_by, args.draws, True, generator), np.int64, args.draws)
        after = np.where(rng.random(args.draws) < args.join, rng.choice(self.innocents, args.draws), -1)
        lengths = self.lengths[draws] + np.where(after >= 0, self.lengths[after], 0)
        after = np.where(lengths > WINDOW, -1, after)
        lengths = self.lengths[draws] + np.where(after >= 0, self.lengths[after], 0)
        losses = []
        parts = by_length(lengths, args.batch, rng)
        for step, places in enumerate(parts):
            self.optimiser.param_groups[0]["lr"] = args.rate * rate_share((number + step / len(parts)) / args.epochs)
            losses.append(self.step(draws[places], after[places], bool(rng.random() < 0.5)))
        return float(torch.stack(losses).mean())

    def step(self, draws: np.ndarray, after: np.ndarray, is_before: bool) -> Tensor:
        """One batch; an innocent neighbour stands behind its row or, if `is_before`, in front of it."""
        on_device = lambda values: torch.from_numpy(values).to(self.device)
        joined = after >= 0
        first = np.where(joined, after, draws) if is_before else draws
        second = np.where(joined, draws, -1) if is_before else after
        ids, lengths = self.rows.batch(on_device(first), on_device(second))
        some = on_device(draws)
        is_half = isinstance(self.model, Encoder) and is_half_faster(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=is_half):
            logits = self.model(drop_tokens(ids, self.args.drop), lengths)
        loss = masked_bce(logits.float(), self.targets[some], self.weights[some], self.head_weights)
        self.optimiser.zero_grad(set_to_none=True)
        # The last batch of a length may be tiny: it must not move the weights like a full one.
        (loss * (len(draws) / self.args.batch)).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.average.update(self.model)
        return loss.detach()


def shuffle_labels(examples: Examples, rng: np.random.Generator) -> None:
    """Gives the rows the labels of others: what is learnt from them must be worth nothing."""
    order = rng.permutation(len(examples))
    examples.targets, examples.mask = examples.targets[order], examples.mask[order]


def new_model(args, device: torch.device) -> nn.Module:
    """A network for the work folder's vocabulary, with fresh weights, those of --start or those of --encoder."""
    torch.manual_seed(args.seed)
    if args.encoder:
        return load_encoder(args.work / args.encoder, args.dropout).to(device)
    tokenizer = load(args.work / "tokenizer.json")
    ids, offsets, count = shared_parts(tokenizer)
    shape = Shape(tokenizer.get_vocab_size(), args.embedding, filters=args.filters, hidden=args.hidden, parts=count)
    model = CnnBilstm(shape, args.dropout, (ids, offsets))
    if args.start:
        saved = torch.load(args.work / args.start, weights_only=True)
        state = saved.get("unfolded", saved["weights"])
        if "parts.weight" not in state:
            model = CnnBilstm(Shape.from_json(saved["shape"]), args.dropout)
        model.load_state_dict(state)
    return model.to(device)


def save_weights(model: nn.Module, path: Path) -> None:
    """Writes the weights; of a CNN + BiLSTM the folded ones and, for --start, the unfolded ones."""
    state = {name: value.cpu() for name, value in model.state_dict().items()}
    if isinstance(model, Encoder):
        torch.save({"shape": model.shape.to_json(), "weights": {k: v.half() for k, v in state.items()}}, path)
        return
    plain = model.folded()
    torch.save({"shape": plain.shape.to_json(), "weights": plain.state_dict(), "unfolded": state}, path)


def fit(trainer: Trainer, tune: Examples, args) -> list[dict]:
    """Trains for all epochs and writes the averaged weights of the last that is about the best; gives their figures."""
    rng = np.random.default_rng(args.seed)
    history, best = [], -1.0
    for number in range(args.epochs):
        began = time.monotonic()
        loss = trainer.epoch(number, rng)
        scores = logits_of(trainer.average.model, tune, trainer.device)[:, 0]
        found = float(average_precision_score(tune.targets[:, 0], scores))
        history.append(
            {
                "epoch": number + 1,
                "loss": round(loss, 4),
                "tuneAveragePrecision": round(found, 4),
                "seconds": round(time.monotonic() - began, 1),
            }
        )
        print(history[-1], flush=True)
        if found > best - TIE:
            best = max(best, found)
            save_weights(trainer.average.model, args.work / args.out)
    return history


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder with examples.npz and tune.npz")
    parser.add_argument("--out", default="model.pt", help="name of the weights file to write there")
    parser.add_argument("--encoder", help="pre-trained encoder to fine-tune")
    parser.add_argument("--taught", help="file of teacher.py to learn from besides the labels")
    parser.add_argument("--epochs", type=int, default=8, help="epochs")
    parser.add_argument("--draws", type=int, default=250_000, help="rows drawn an epoch")
    parser.add_argument("--batch", type=int, default=384, help="rows a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--decay", type=float, default=0.02, help="weight decay")
    parser.add_argument("--dropout", type=float, default=0.3, help="dropout of embeddings and features")
    parser.add_argument("--drop", type=float, default=0.06, help="share of tokens masked")
    parser.add_argument("--join", type=float, default=0.1, help="share of rows joined to an innocent one")
    parser.add_argument("--soft", type=float, default=0.6, help="share of draws without a label, with --taught")
    parser.add_argument("--rare", type=float, default=4.0, help="how much more often sexual and threat rows are drawn")
    parser.add_argument("--start", help="weights file to go on from, folded or not")
    parser.add_argument("--embedding", type=int, default=Shape.embedding, help="size of the token vectors")
    parser.add_argument("--filters", type=int, default=Shape.filters, help="filters of each width")
    parser.add_argument("--hidden", type=int, default=Shape.hidden, help="size of the LSTM in each direction")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch on a CPU")
    parser.add_argument("--device", default="auto", help="cpu, cuda or auto")
    parser.add_argument("--seed", type=int, default=3, help="seed of weights, sampling and dropout")
    parser.add_argument("--shuffle-labels", action="store_true", help="train on shuffled labels: must collapse")
    return parser


def main() -> None:
    args = flags().parse_args()
    assert not (args.shuffle_labels and args.taught), "a teacher knows the true labels"
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    device = pick_device(args.device)
    examples, tune = Examples.load(args.work / "examples.npz"), Examples.load(args.work / "tune.npz")
    favour_rare(examples, args.rare)
    if args.shuffle_labels:
        shuffle_labels(examples, np.random.default_rng(args.seed))
    taught = np.load(args.work / args.taught)["targets"] if args.taught else None
    trainer = Trainer(new_model(args, device), examples, taught, args, device)
    history = fit(trainer, tune, args)
    shape = trainer.model.shape
    facts = {"shape": (shape if args.encoder else replace(shape, parts=0)).to_json(), "examples": len(examples)}
    base = round(float(tune.targets[:, 0].mean()), 4)
    save_run(args.work, Path(args.out).stem, args, **facts, history=history, tuneBaseRate=base)


if __name__ == "__main__":
    main()
