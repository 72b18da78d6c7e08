"""The CNN + BiLSTM: embedding, convolutions of several widths, a BiLSTM over them, masked maximum, seven heads.

Beside the deep part a wide part adds a learnt vector for each run of two to four neighbouring tokens (hashed), which
is what a linear n-gram model knows. A row's logits never depend on its padding or on its batch mates: positions past
`lengths` are zero going in, the LSTM gets the real lengths and the maximum skips padding.
"""

from dataclasses import asdict, dataclass, replace

import torch
from torch import Tensor, nn

from .common import HEADS

# Multipliers of the n-gram hash, primes below 2^15: the sum of four products of ids stays inside int32.
MULTIPLIERS = (31_337, 17_389, 27_407, 22_469)
MOST_IDS = 16_000


@dataclass(frozen=True)
class Shape:
    """Sizes of a model; saved with its weights."""

    vocabulary: int = 6_000
    embedding: int = 128
    widths: tuple[int, ...] = (1, 2, 3, 4, 5)
    filters: int = 64
    projection: int = 128  # what the LSTM reads of the convolutions' outputs
    hidden: int = 64
    grams: tuple[int, ...] = (2**15, 2**16, 2**16)  # buckets of runs of two, three, four tokens
    parts: int = 0  # shared parts of the vocabulary's pieces while training, 0 once folded

    def to_json(self) -> dict:
        return asdict(self)

    @staticmethod
    def from_json(value: dict) -> "Shape":
        return Shape(**{**value, "widths": tuple(value["widths"]), "grams": tuple(value["grams"])})


class CnnBilstm(nn.Module):
    """`forward(ids int32 [rows, length], lengths int [rows])` gives logits float32 [rows, 7]."""

    def __init__(self, shape: Shape, dropout: float = 0.3, pieces: tuple[Tensor, Tensor] | None = None):
        super().__init__()
        assert shape.vocabulary <= MOST_IDS, "the n-gram hash would overflow int32"
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.embedding)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.parts = nn.EmbeddingBag(shape.parts, shape.embedding, mode="mean") if shape.parts else None
        if self.parts is not None and pieces is not None:
            nn.init.normal_(self.parts.weight, std=0.1)
            self.register_buffer("part_ids", pieces[0])
            self.register_buffer("part_offsets", pieces[1])
        self.convolutions = nn.ModuleList(nn.Linear(shape.embedding * w, shape.filters) for w in shape.widths)
        channels = shape.filters * len(shape.widths)
        self.project = nn.Linear(channels, shape.projection)
        self.lstm = nn.LSTM(shape.projection, shape.hidden, batch_first=True, bidirectional=True)
        self.heads = nn.Linear(channels + 2 * shape.hidden, len(HEADS))
        self.wide = nn.ModuleList(nn.Embedding(size, len(HEADS)) for size in shape.grams)
        for table in self.wide:
            nn.init.zeros_(table.weight)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        mask = (torch.arange(ids.shape[1], device=ids.device).unsqueeze(0) < lengths.unsqueeze(1)).unsqueeze(2)
        tokens = self.dropout(self.embed(ids)) * mask
        local = self.convolve(tokens)
        features = torch.cat([local, self.in_order(self.project(local), lengths)], dim=2)
        features = features.masked_fill(~mask, -1e4).max(dim=1).values
        return self.heads(self.dropout(features)) + self.gram_logits(ids, lengths)

    def embed(self, ids: Tensor) -> Tensor:
        """The vectors of pieces, their shared parts added."""
        table = self.embedding.weight
        if self.parts is not None:
            table = table + self.parts(self.part_ids, self.part_offsets[:-1])
        return nn.functional.embedding(ids, table)

    def folded(self) -> "CnnBilstm":
        """The same network with the parts added into the table of pieces: exact, and what is exported."""
        plain = CnnBilstm(replace(self.shape, parts=0))
        state = {name: value.cpu() for name, value in self.state_dict().items() if not name.startswith("part")}
        with torch.no_grad():
            every = torch.arange(self.shape.vocabulary, device=self.embedding.weight.device)
            state["embedding.weight"] = self.embed(every).cpu()
        plain.load_state_dict(state)
        return plain.eval()

    def convolve(self, tokens: Tensor) -> Tensor:
        """[rows, length, embedding] -> [rows, length, filters x widths]; width w sees (w-1)//2 tokens to the left."""
        left, right = window(self.shape.widths)
        length = tokens.shape[1]
        padded = nn.functional.pad(tokens, (0, 0, left, right))
        shifted = [padded[:, i : i + length] for i in range(left + right + 1)]
        outputs = []
        for width, layer in zip(self.shape.widths, self.convolutions):
            first = left - (width - 1) // 2
            outputs.append(torch.relu(layer(torch.cat(shifted[first : first + width], dim=2))))
        return torch.cat(outputs, dim=2)

    def in_order(self, local: Tensor, lengths: Tensor) -> Tensor:
        """The BiLSTM with real lengths: [rows, length, projection] -> [rows, length, 2 x hidden]."""
        length = local.shape[1]
        if bool((lengths == length).all()):
            return self.lstm(local)[0]
        packed = nn.utils.rnn.pack_padded_sequence(local, lengths.long().cpu(), batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True, total_length=length)[0]

    def gram_logits(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Of each size: sum of the vectors of neighbouring tokens over the square root of their number."""
        total = torch.zeros(ids.shape[0], len(HEADS), device=ids.device)
        for size, table in enumerate(self.wide, start=2):
            count = ids.shape[1] - size + 1
            if count < 1:
                break
            hashed = sum(ids[:, i : i + count].int() * factor for i, factor in zip(range(size), MULTIPLIERS))
            inside = torch.arange(size - 1, ids.shape[1], device=ids.device).unsqueeze(0) < lengths.unsqueeze(1)
            found = (table(hashed % table.num_embeddings) * inside.unsqueeze(2)).sum(dim=1)
            total = total + found / lengths.float().sub(size - 1).clamp(min=1).sqrt().unsqueeze(1)
        return total


def window(widths: tuple[int, ...]) -> tuple[int, int]:
    """How many tokens the widest convolution sees to the left and to the right of its own."""
    widest = max(widths)
    return (widest - 1) // 2, widest // 2


def masked_bce(logits: Tensor, targets: Tensor, mask: Tensor, head_weights: Tensor) -> Tensor:
    """Binary cross-entropy over the known heads only; `mask` may hold fractional weights. All are [rows, heads]."""
    losses = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
    weights = mask * head_weights
    return (losses * weights).sum() / weights.sum().clamp(min=1e-6)
