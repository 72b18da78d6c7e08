"""Scores texts by two models as the worker does with a second one: its network is asked the rows that the first leaves
in doubt, and corrects what the first says of them. The others keep the first one's scores.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .common import HEADS, read_json
from .data import Row
from .score import Scorer, highest, probabilities
from .views import ViewCache

# Every row that the first network answers is asked.
EVERYTHING = {"low": 0.0, "high": 1.1}


@dataclass
class Read:
    """The rows of `count` texts.

    `owner` int64 [rows]: place of the text. `first` float32 [rows, heads]: the first model's logits, with its linear
    share. `second` float32 [rows, heads]: the second network's, NaN where it was not asked.
    """

    owner: np.ndarray
    first: np.ndarray
    second: np.ndarray
    count: int

    def of_texts(self, wanted: np.ndarray) -> "Read":
        """The rows of some texts, which are numbered anew; `wanted` bool [texts]."""
        some = wanted[self.owner]
        return Read((np.cumsum(wanted) - 1)[self.owner[some]], self.first[some], self.second[some], int(wanted.sum()))


class Pair:
    """A first model (a work folder with cascade.json and thresholds.json) and the network of a second one."""

    def __init__(self, first: Path, second: Path, cache: ViewCache):
        self.first, self.second = Scorer(first, cache), Scorer(second, cache)
        self.calibration = read_json(first / "thresholds.json")["calibration"]

    def read(self, texts: list[str], kind: str, band: dict[str, float]) -> Read:
        """The rows of messages; the second network is asked those within the band."""
        rows = self.first.read(texts, kind)
        return self._ask(rows.owner, rows.logits, rows.ids, band, len(texts))

    def read_rows(self, texts: list[str], band: dict[str, float]) -> Read:
        """The rows of rendered views."""
        rows = self.first.rows(texts)
        return self._ask(rows.owner, rows.logits, rows.ids, band, len(texts))

    def _ask(self, owner, logits, ids, band, count: int) -> Read:
        passed = np.array([row is not None for row in ids], bool)
        asked = np.flatnonzero(passed & within(band, probabilities(logits, self.calibration)[:, 0]))
        second = np.full(logits.shape, np.nan, np.float32)
        second[asked] = self.second.raw([ids[i] for i in asked])
        return Read(owner, logits, second, count)

    def probabilities(self, texts: list[str], kind: str, section: dict) -> np.ndarray:
        """float32 [texts, heads] after the maximum over rows; `section` is what second.py found."""
        return together(self.read(texts, kind, section["band"]), section, self.calibration)


def read_of_kinds(pair: Pair, rows: list[Row], band: dict[str, float]) -> Read:
    """Labelled rows, each read as its kind."""
    parts = []
    for kind in ("chat", "board"):
        places = np.array([i for i, row in enumerate(rows) if row.kind == kind], np.int64)
        read = pair.read([rows[i].text for i in places], kind, band)
        parts.append((places[read.owner], read.first, read.second))
    owner, first, second = (np.concatenate(part) for part in zip(*parts))
    return Read(owner, first, second, len(rows))


def within(band: dict[str, float], abusive: np.ndarray) -> np.ndarray:
    """Which calibrated probabilities of the first model lie in the half-open band, rounded as the worker does."""
    rounded = np.round(abusive.astype(np.float64), 4)
    return (rounded >= band["low"]) & (rounded < band["high"])


def in_doubt(read: Read, band: dict[str, float], calibration: dict) -> np.ndarray:
    """The rows that are asked, by the first model's calibration; bool [rows]."""
    return np.isfinite(read.second[:, 0]) & within(band, probabilities(read.first, calibration)[:, 0])


def shares_of(section: dict) -> np.ndarray:
    """What the second network's logit counts beside the first model's, float32 [heads]."""
    return np.array([section["share"][head] for head in HEADS], np.float32)


def together(read: Read, section: dict, calibration: dict) -> np.ndarray:
    """Probabilities of the pair, float32 [texts, heads], after the maximum over rows.

    `calibration` is the first model's, of whatever the second is not asked.
    """
    asked = in_doubt(read, section["band"], calibration)
    scores = probabilities(read.first, calibration)
    mixed = read.first[asked] + shares_of(section) * read.second[asked]
    scores[asked] = probabilities(mixed, section["calibration"])
    return highest(read.owner, scores, read.count, 0.0)
