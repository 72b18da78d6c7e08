"""Times every artifact in PyTorch (eager) and in ONNX Runtime, one CPU thread, in CPU seconds: batches of 1, 8, 32 and
64 rows of recorded chat at their real lengths (rows of like length share a batch, as in the worker), and 128 messages
padded to 200 tokens, the setting in which networks of this kind are usually timed; once with their real lengths told
to the network, once as if every token counted. An encoder is padded to the places that it has.

Eager networks have the artifact's sizes, read from its graph, and random weights: the speed does not depend on them.

    PYTHONPATH=models python -m training.speed --data ../shared/data
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper

from .common import DATA, REPOSITORY, WORK, need_data, save_run
from .data import load_unlabelled
from .encoder import Encoder, EncoderShape
from .export import session
from .model import CnnBilstm, Shape
from .packed import Packed, pack
from .study import WINDOW, cpu_seconds, markdown
from .tokenizer import load
from .views import ViewCache

SIZES = (1, 8, 32, 64)
MOST_BATCHES = 24  # of each size, evenly spread over the lengths
MESSAGES, PADDED = 128, 200
Batch = tuple[np.ndarray, np.ndarray]  # ids int32 [rows, length], lengths int32 [rows]


@dataclass(frozen=True)
class Drawing:
    """An ONNX graph: tables and matrices by name, and which node makes what."""

    proto: onnx.ModelProto

    @property
    def nodes(self):
        return self.proto.graph.node

    def of(self, op: str) -> list[onnx.NodeProto]:
        return [node for node in self.nodes if node.op_type == op]

    def constant(self, name: str) -> np.ndarray | None:
        """The constant of that name, or the first one behind it where it is stored as codes and steps."""
        for value in self.proto.graph.initializer:
            if value.name == name:
                return numpy_helper.to_array(value)
        makers = (node for node in self.nodes if name in node.output and node.op_type in ("Cast", "Mul"))
        return next((self.constant(node.input[0]) for node in makers), None)


def cnn_shape(drawing: Drawing) -> Shape:
    """Sizes of a CNN + BiLSTM that export.py wrote."""
    tables = [drawing.constant(node.input[0]) for node in drawing.of("Gather")]
    embedding, *grams = (table.shape for table in tables if table is not None and table.ndim == 2)
    *convolutions, project = (drawing.constant(node.input[1]).shape for node in drawing.of("MatMul"))
    hidden = next(a.i for a in drawing.of("LSTM")[0].attribute if a.name == "hidden_size")
    widths = tuple(size // embedding[1] for size, _ in convolutions)
    return Shape(*embedding, widths, convolutions[0][1], project[1], hidden, tuple(size for size, _ in grams))


def encoder_shape(drawing: Drawing) -> EncoderShape:
    """Sizes of an encoder that export_encoder.py wrote."""
    table = next(drawing.constant(node.input[0]) for node in drawing.of("Gather") if node.input[1] == "ids")
    places = drawing.constant(drawing.of("Slice")[0].input[0])
    splits = [drawing.constant(node.input[1]) for node in drawing.of("Reshape")]
    layers = (len(drawing.of("LayerNormalization")) - 1) // 2
    return EncoderShape(*table.shape, layers, int(next(s[2] for s in splits if len(s) == 4)), len(places))


def eager(path: Path) -> CnnBilstm | Encoder:
    """An untrained network of the sizes of the model at `path`."""
    drawing = Drawing(onnx.load(path))
    is_cnn = len(drawing.of("LSTM")) > 0
    network = CnnBilstm(cnn_shape(drawing)) if is_cnn else Encoder(encoder_shape(drawing))
    return network.eval()


def batches(packed: Packed, size: int) -> list[Batch]:
    """Batches of rows of like length, padded to their longest."""
    order = np.argsort(packed.lengths, kind="stable")
    order = order[packed.lengths[order] > 0]
    size = min(size, len(order))
    starts = np.arange(0, len(order) - size + 1, size)
    some = starts[np.linspace(0, len(starts) - 1, min(MOST_BATCHES, len(starts))).astype(int)]
    return [padded([packed.row(i) for i in order[start : start + size]]) for start in some]


def padded(rows: list[np.ndarray], length: int = 0) -> Batch:
    """Rows padded to `length`, or to the longest."""
    lengths = np.array([len(row) for row in rows], np.int32)
    ids = np.zeros((len(rows), max(length, int(lengths.max()))), np.int32)
    for place, row in zip(ids, rows):
        place[: len(row)] = row
    return ids, lengths


def settings(packed: Packed, longest: int, seed: int) -> dict[str, list[Batch]]:
    """What is timed, by name."""
    found = {f"batches of {size}, real lengths": batches(packed, size) for size in SIZES}
    rng = np.random.default_rng(seed)
    some = [packed.row(i) for i in rng.permutation(np.flatnonzero(packed.lengths > 0))[:MESSAGES]]
    found[f"{MESSAGES} messages, real lengths"] = [padded(some)]
    ids, lengths = padded(some, longest)
    found[f"{MESSAGES} padded to {longest}"] = [(ids, lengths)]
    found[f"{MESSAGES} of {longest} tokens"] = [(np.maximum(ids, 1), np.full_like(lengths, longest))]
    return found


def in_onnx(runner: onnxruntime.InferenceSession) -> Callable[[Batch], object]:
    """A call that runs a batch in ONNX Runtime."""
    return lambda batch: runner.run(None, {"ids": batch[0], "lengths": batch[1]})


def in_eager(network: torch.nn.Module) -> Callable[[Batch], object]:
    """A call that runs a batch in PyTorch."""

    def call(batch: Batch) -> torch.Tensor:
        with torch.inference_mode():
            return network(torch.from_numpy(batch[0]), torch.from_numpy(batch[1]))

    return call


def each(call: Callable[[Batch], object], some: list[Batch]) -> float:
    """CPU seconds for a pass over the batches."""

    def work() -> None:
        for batch in some:
            call(batch)

    return cpu_seconds(work, runs=3)


def timed(folder: Path, lines: list[str], seed: int) -> list[dict]:
    """The rows of one artifact."""
    network, runner = eager(folder / "model.onnx"), session(str(folder / "model.onnx"))
    longest = min(PADDED, network.shape.longest) if isinstance(network, Encoder) else PADDED
    packed = pack(load(folder / "tokenizer.json"), lines, WINDOW)
    found = []
    for name, some in settings(packed, longest, seed).items():
        count = sum(len(ids) for ids, _ in some)
        slow, fast = each(in_eager(network), some), each(in_onnx(runner), some)
        found.append(
            {
                "artifact": f"{folder.parent.name} {folder.name}",
                "setting": name,
                "tokensARow": round(sum(int(lengths.sum()) for _, lengths in some) / count, 1),
                "PyTorch rows/s": round(count / slow),
                "ONNX rows/s": round(count / fast),
                "ONNX ms a batch": round(1000 * fast / len(some), 2),
                "times": round(slow / fast, 1),
            }
        )
        print(found[-1], flush=True)
    return found


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the record")
    parser.add_argument("--lines", type=int, default=4_000, help="recorded lines to take batches from")
    parser.add_argument("--seed", type=int, default=3, help="seed of the 128 messages")
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    lines = ViewCache().canonical(load_unlabelled(args.data, "twitch-ko.jsonl.gz", args.lines))
    folders = [path.parent for path in sorted((REPOSITORY / "models").glob("*/*/manifest.json"))]
    found = [row for folder in folders for row in timed(folder, lines, args.seed)]
    save_run(args.work, "speed", args, found=found)
    print(markdown(found))


if __name__ == "__main__":
    main()
