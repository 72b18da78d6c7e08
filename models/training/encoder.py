"""The encoder of teachers and of bert-small: a pre-norm transformer over the same token ids as the CNN + BiLSTM.

`Encoder.words` gives logits of masked tokens for pre-training, `Encoder.forward` the seven heads of a text.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from .common import HEADS


@dataclass(frozen=True)
class EncoderShape:
    """Sizes of an encoder; saved with its weights."""

    vocabulary: int
    width: int = 512
    layers: int = 8
    attention: int = 8
    longest: int = 128

    def to_json(self) -> dict:
        return asdict(self)


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> Tensor:
    """Softmax attention, all [rows, heads, length, size]. PyTorch's fused one takes three times as long to go back
    through on a CPU at these lengths; export_encoder.py writes the same three operators.
    """
    scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2)).float()
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e4)
    return torch.matmul(torch.softmax(scores, dim=-1).to(value.dtype), value)


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each behind its norm."""

    def __init__(self, shape: EncoderShape, dropout: float):
        super().__init__()
        self.attention, width = shape.attention, shape.width
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.read, self.write = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, width = states.shape
        split = self.read(self.before(states)).view(rows, length, 3, self.attention, width // self.attention)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        found = attend(query, key, value, mask)
        states = states + self.dropout(self.write(found.transpose(1, 2).reshape(rows, length, width)))
        return states + self.dropout(self.feed(self.between(states)))


class Encoder(nn.Module):
    """`forward(ids int32 [rows, length], lengths int [rows])` gives logits float32 [rows, 7]."""

    def __init__(self, shape: EncoderShape, dropout: float = 0.1):
        super().__init__()
        self.shape = shape
        self.tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.longest, shape.width)
        for table in (self.tokens, self.places):
            nn.init.normal_(table.weight, std=0.02)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.guess = nn.Sequential(nn.Linear(shape.width, shape.width), nn.GELU(), nn.LayerNorm(shape.width))
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.heads = nn.Linear(2 * shape.width, len(HEADS))
        self.dropout = nn.Dropout(dropout)

    def states(self, ids: Tensor, mask: Tensor | None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.dropout(self.tokens(ids) + self.places(places))
        for layer in self.layers:
            states = layer(states, mask)
        return self.norm(states)

    def words(self, ids: Tensor, wanted: Tensor) -> Tensor:
        """Logits over the vocabulary of the places that `wanted` bool [rows, length] marks; full rows only."""
        return nn.functional.linear(self.guess(self.states(ids, None)[wanted]), self.tokens.weight, self.bias)

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        inside = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0) < lengths.unsqueeze(1)
        mask = None if bool(inside.all()) else inside[:, None, None, :]
        states = self.states(ids, mask)
        mean = (states * inside.unsqueeze(2)).sum(dim=1) / lengths.unsqueeze(1)
        most = states.masked_fill(~inside.unsqueeze(2), -1e4).max(dim=1).values
        return self.heads(self.dropout(torch.cat([mean, most], dim=1)))


def load_encoder(path: Path, dropout: float = 0.1) -> Encoder:
    """The encoder that pretrain.py or train.py wrote, in float32, not in training."""
    saved = torch.load(path, weights_only=True)
    encoder = Encoder(EncoderShape(**saved["shape"]), dropout)
    encoder.load_state_dict(saved["weights"])
    return encoder.float().eval()
