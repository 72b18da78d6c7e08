"""What the studies share: labelled rows, small networks, training from labels on a budget of draws, timing, tables.

A study compares ways of doing one thing; nothing of it ships. Every one runs alone from the data folder and the
shipped tokenizer, with fixed seeds, prints a Markdown table and leaves a `<study>.run.json` in the work folder.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch import Tensor, nn

from .common import DATA, HEADS, WORK, need_data
from .data import Row, canonical_rows, load_train, split_tune
from .linear import WEIGHTS
from .packed import Examples, Packed, logits_of, pack
from .score import NOTHING
from .thresholds import best_f1
from .train import WINDOW, Trainer, favour_rare
from .train import flags as train_flags
from .views import ViewCache

CPU = torch.device("cpu")
RARE = 4.0  # how much more often sexual and threat rows are drawn, as train.py does
WIDTHS = (1, 2, 3, 4, 5)


@dataclass
class Labelled:
    """Rows and their canonical texts: `fit` to learn from, `tune` held-out chat that nothing learns from."""

    fit: list[Row]
    fit_texts: list[str]
    tune: list[Row]
    tune_texts: list[str]


def load_labelled(data: Path, cache: ViewCache, shrink: int) -> Labelled:
    """The labelled rows of every set, every `shrink`-th; rows without a canonical text are left out."""
    fit, tune = split_tune(load_train(data, cache)[::shrink])
    parts = []
    for rows in (fit, [row for row in tune if row.group == "chat"]):
        texts = canonical_rows(cache, rows)
        kept = [i for i, text in enumerate(texts) if text]
        parts += [[rows[i] for i in kept], [texts[i] for i in kept]]
    return Labelled(*parts)


def targets_of(rows: list[Row]) -> np.ndarray:
    """The label of `abusive`, int [rows]."""
    return np.array([row.targets[0] for row in rows])


def examples_of(tokenizer: Tokenizer, texts: list[str], rows: list[Row]) -> Examples:
    """Rows ready for a Trainer, labels alone, drawn by the weights of their sets."""
    packed = pack(tokenizer, texts, WINDOW)
    weight = np.array([WEIGHTS[row.group] for row in rows], np.float32) * (packed.lengths > 0)
    examples = Examples(
        packed.ids,
        packed.offsets,
        np.array([row.targets for row in rows], np.float32),
        np.array([row.mask for row in rows], np.float32),
        np.ones(len(rows), np.float32),
        np.arange(len(rows), dtype=np.int32),
        weight,
        np.array([row.group for row in rows], "U12"),
    )
    favour_rare(examples, RARE)
    return examples


class Network(nn.Module):
    """Embedding, convolutions and/or a BiLSTM, masked maximum, seven heads; no tables of n-grams, no shared parts.

    `forward(ids int32 [rows, length], lengths int [rows])` gives logits float32 [rows, 7].
    """

    def __init__(self, vocabulary: int, has_convolutions: bool, has_lstm: bool, size: int = 64):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, 2 * size)
        nn.init.normal_(self.embedding.weight, std=0.1)
        widths = WIDTHS if has_convolutions else ()
        self.convolutions = nn.ModuleList(nn.Conv1d(2 * size, size, width) for width in widths)
        local = size * len(widths)
        self.project = nn.Linear(local, 2 * size) if has_convolutions and has_lstm else nn.Identity()
        self.lstm = nn.LSTM(2 * size, size, batch_first=True, bidirectional=True) if has_lstm else None
        self.heads = nn.Linear(local + (2 * size if has_lstm else 0), len(HEADS))
        self.dropout = nn.Dropout(0.3)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        mask = (torch.arange(ids.shape[1], device=ids.device).unsqueeze(0) < lengths.unsqueeze(1)).unsqueeze(2)
        states = self.dropout(self.embedding(ids)) * mask
        found = []
        if len(self.convolutions) > 0:
            states = self.convolve(states)
            found.append(states)
        if self.lstm is not None:
            found.append(in_order(self.lstm, self.project(states), lengths))
        features = torch.cat(found, dim=2).masked_fill(~mask, -1e4).max(dim=1).values
        return self.heads(self.dropout(features))

    def convolve(self, states: Tensor) -> Tensor:
        """[rows, length, in] -> [rows, length, out x widths]."""
        turned, outputs = states.transpose(1, 2), []
        for layer, width in zip(self.convolutions, WIDTHS):
            padded = nn.functional.pad(turned, ((width - 1) // 2, width // 2))
            outputs.append(torch.relu(layer(padded)))
        return torch.cat(outputs, dim=1).transpose(1, 2)


def in_order(lstm: nn.LSTM, states: Tensor, lengths: Tensor) -> Tensor:
    """A BiLSTM over the real lengths: [rows, length, in] -> [rows, length, 2 x hidden]."""
    length = states.shape[1]
    if bool((lengths == length).all()):
        return lstm(states)[0]
    packed = nn.utils.rnn.pack_padded_sequence(states, lengths.long().cpu(), batch_first=True, enforce_sorted=False)
    return nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=length)[0]


def new_network(vocabulary: int, seed: int, has_convolutions: bool = True, has_lstm: bool = True, size: int = 32):
    """A network with weights that the seed alone decides."""
    torch.manual_seed(seed)
    return Network(vocabulary, has_convolutions, has_lstm, size)


def learn(network: nn.Module, examples: Examples, args) -> nn.Module:
    """Trains by train.py's own epochs on `args.epochs` x `args.draws` draws; gives the averaged weights of the last."""
    ours = train_flags().parse_args([])
    ours.epochs, ours.draws, ours.seed = args.epochs, args.draws, args.seed
    trainer, rng = Trainer(network, examples, None, ours, CPU), np.random.default_rng(args.seed)
    for number in range(args.epochs):
        began = time.monotonic()
        loss = trainer.epoch(number, rng)
        print(f"  epoch {number + 1} loss {loss:.4f} {time.monotonic() - began:.0f} s", flush=True)
    return trainer.average.model.eval()


def abusive_logits(network: nn.Module, packed: Packed) -> np.ndarray:
    """float32 [rows]; NOTHING for rows without a token."""
    return np.where(packed.lengths > 0, logits_of(network, packed, CPU)[:, 0], NOTHING)


def on_tune(targets: np.ndarray, scores: np.ndarray) -> dict[str, float]:
    """Average precision and the best F1 on the held-out rows."""
    found = float(average_precision_score(targets, scores))
    return {"averagePrecision": round(found, 4), "bestF1": round(best_f1(targets, scores)[0], 4)}


def cpu_seconds(work, runs: int = 7) -> float:
    """Median CPU seconds of a call after one to warm up: what a busy machine does not change much."""
    work()
    spent = []
    for _ in range(runs):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return float(np.median(spent))


def markdown(rows: list[dict]) -> str:
    """A Markdown table; the first row's keys are the columns."""
    columns = list(rows[0])
    lines = [columns, ["---"] * len(columns)] + [[str(row.get(name, "")) for name in columns] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def study_flags(description: str | None, epochs: int, draws: int) -> argparse.ArgumentParser:
    """The flags that every study that learns has."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the record and the weights")
    parser.add_argument("--epochs", type=int, default=epochs, help="epochs")
    parser.add_argument("--draws", type=int, default=draws, help="rows drawn an epoch")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch")
    parser.add_argument("--seed", type=int, default=3, help="seed of weights, sampling and dropout")
    return parser


def start(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """Parses the flags, checks the data folder (exit 66 without it) and sets PyTorch's threads."""
    args = parser.parse_args()
    need_data(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    return args
