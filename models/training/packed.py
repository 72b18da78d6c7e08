"""Rows of token ids one after another: how the steps hand texts to each other, and how batches are cut from them."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .common import HEADS

MASKED = 4  # [MASK]


@dataclass
class Packed:
    """`ids` int16 [all tokens], `offsets` int64 [rows + 1]."""

    ids: np.ndarray
    offsets: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def row(self, index: int) -> np.ndarray:
        return self.ids[self.offsets[index] : self.offsets[index + 1]]


@dataclass
class Examples(Packed):
    """Rows to learn from.

    `targets`, `mask` float32 [rows, heads]: labels of a guideline and which heads it knows. `trust` float32 [rows]:
    share of the label in what the network learns; the teacher's answer for row `source` is the rest. `weight` float32
    [rows]: how often the row is drawn. `kinds`: where it came from.
    """

    targets: np.ndarray
    mask: np.ndarray
    trust: np.ndarray
    source: np.ndarray
    weight: np.ndarray
    kinds: np.ndarray

    @staticmethod
    def load(path: Path) -> "Examples":
        with np.load(path) as saved:
            fields = {name: saved[name] for name in Examples.__dataclass_fields__ if name != "offsets"}
            return Examples(offsets=np.concatenate([[0], np.cumsum(saved["lengths"], dtype=np.int64)]), **fields)

    def save(self, path: Path) -> None:
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "offsets"}
        np.savez_compressed(path, lengths=self.lengths.astype(np.uint8), **fields)


def write_texts(path: Path, texts: list[str]) -> None:
    """The texts of packed rows, in their order: what reads characters needs them."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        file.writelines(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)


def read_texts(path: Path) -> list[str]:
    """What write_texts wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def pack(tokenizer, texts: list[str], window: int) -> Packed:
    """Token ids of the texts, each cut to one window."""
    parts, counts = [], []
    for start in range(0, len(texts), 50_000):
        for encoding in tokenizer.encode_batch_fast(texts[start : start + 50_000], add_special_tokens=False):
            row = encoding.ids[:window]
            parts.append(np.array(row, np.int16))
            counts.append(len(row))
    ids = np.concatenate(parts) if parts else np.zeros(0, np.int16)
    return Packed(ids, np.cumsum([0, *counts], dtype=np.int64))


class Rows:
    """Packed rows on a device, from which padded batches are gathered without a loop."""

    def __init__(self, packed: Packed, device: torch.device):
        self.ids = torch.from_numpy(packed.ids.astype(np.int32)).to(device)
        self.starts = torch.from_numpy(packed.offsets[:-1]).to(device)
        self.lengths = torch.from_numpy(packed.lengths).to(device)
        self.device = device

    def batch(self, rows: Tensor, after: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """(ids int32 [rows, longest], lengths int64 [rows]); `after` names a row to set behind each, -1 for none."""
        length = self.lengths[rows]
        total = length
        if after is not None:
            follows = after >= 0
            total = length + torch.where(follows, self.lengths[after.clamp(min=0)], 0)
        place = torch.arange(int(total.max()), device=self.device).unsqueeze(0)
        index = self.starts[rows].unsqueeze(1) + place
        if after is not None:
            second = self.starts[after.clamp(min=0)].unsqueeze(1) + place - length.unsqueeze(1)
            index = torch.where(place < length.unsqueeze(1), index, second)
        inside = place < total.unsqueeze(1)
        return self.ids[index.clamp(0, len(self.ids) - 1)] * inside, total


def some_rows(packed: Packed, wanted: np.ndarray) -> Packed:
    """The rows with these numbers."""
    lengths = packed.lengths[wanted]
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    index = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths) + np.repeat(packed.offsets[wanted], lengths)
    return Packed(packed.ids[index], offsets)


def drop_tokens(ids: Tensor, share: float) -> Tensor:
    """Masks a share of the tokens; padding stays."""
    hit = torch.rand(ids.shape, device=ids.device) < share
    return torch.where(hit & (ids != 0), MASKED, ids)


def by_length(lengths: np.ndarray, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Places of rows, one length a batch, in random order: nothing is padded, and LSTMs run at their fastest."""
    order = np.lexsort((rng.random(len(lengths)), lengths))
    cuts = np.flatnonzero(np.diff(lengths[order])) + 1
    parts = [some[i : i + size] for some in np.split(order, cuts) for i in range(0, len(some), size)]
    return [parts[i] for i in rng.permutation(len(parts))]


def logits_of(model: torch.nn.Module, packed: Packed, device: torch.device, tokens: int = 16_000) -> np.ndarray:
    """Logits of every row, float32 [rows, heads], without dropout; batches of at most `tokens` padded tokens."""
    model.eval()
    rows, lengths = Rows(packed, device), packed.lengths
    out = np.zeros((len(packed), len(HEADS)), np.float32)
    order = np.argsort(lengths, kind="stable")
    order = order[lengths[order] > 0]
    start = 0
    with torch.no_grad():
        while start < len(order):
            end = min(len(order), start + max(1, tokens // int(lengths[order[min(len(order) - 1, start + 2000)]])), start + 2000)
            some = order[start:end]
            ids, length = rows.batch(torch.from_numpy(some).to(device))
            out[some] = model(ids, length).float().cpu().numpy()
            start = end
    return out


def pick_device(name: str) -> torch.device:
    """`cpu`, `cuda`, or `auto`: the GPU when there is one."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    torch.set_float32_matmul_precision("high")
    return torch.device(name)


def is_half_faster(device: torch.device) -> bool:
    """Whether an encoder learns faster in bfloat16: on a GPU, and on a CPU with matrix tiles (AMX)."""
    return device.type == "cuda" or torch.cpu._is_amx_tile_supported()
