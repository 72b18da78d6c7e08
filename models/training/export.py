"""Writes model.onnx from the trained weights and proves that it equals PyTorch.

The graph is built node by node: int32 inputs, dynamic batch and length, the LSTM with real lengths, convolutions as
matrix products (3x faster in ONNX Runtime on short rows). Checked on random rows: parity with PyTorch, independence of
padding and of batch mates, each to 1e-5 in logits relative to their size.

    PYTHONPATH=models python -m training.export --work ~/.cache/haechi/work
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper

from .common import WORK, save_run, sha256
from .encoder import Encoder, load_encoder
from .export_encoder import build_encoder, rounded
from .graph import Graph, finish, mask_of
from .model import MULTIPLIERS, CnnBilstm, Shape, window

TOLERANCE = 1e-5
LONGEST = 48


def _convolve(graph: Graph, model: CnnBilstm, tokens: str, length: str) -> str:
    left, right = window(model.shape.widths)
    padded = graph.add("Pad", tokens, graph.constant([0, left, 0, 0, right, 0], np.int64))
    shifted = []
    for i in range(left + right + 1):
        end = graph.add("Add", length, graph.axis(i))
        shifted.append(graph.add("Slice", padded, graph.axis(i), end, graph.axis(1)))
    outputs = []
    for width, layer in zip(model.shape.widths, model.convolutions):
        first = left - (width - 1) // 2
        some = shifted[first : first + width]
        source = some[0] if width == 1 else graph.add("Concat", *some, axis=2)
        product = graph.add("MatMul", source, graph.constant(layer.weight.detach().numpy().T))
        outputs.append(graph.add("Relu", graph.add("Add", product, graph.constant(layer.bias.detach().numpy()))))
    return graph.add("Concat", *outputs, axis=2)


def _gates(value: torch.Tensor, hidden: int) -> np.ndarray:
    """PyTorch orders the gates input, forget, cell, output; ONNX input, output, forget, cell."""
    i, f, c, o = value.detach().numpy().reshape(4, hidden, -1)
    return np.concatenate([i, o, f, c])


def _lstm(graph: Graph, model: CnnBilstm, local: str) -> str:
    lstm, hidden = model.lstm, model.shape.hidden
    side = lambda name: np.stack([_gates(getattr(lstm, name + suffix), hidden) for suffix in ("", "_reverse")])
    biases = np.concatenate([side("bias_ih_l0")[..., 0], side("bias_hh_l0")[..., 0]], axis=1)
    time_first = graph.add("Transpose", local, perm=[1, 0, 2])
    weights = graph.constant(side("weight_ih_l0")), graph.constant(side("weight_hh_l0")), graph.constant(biases)
    states = graph.add("LSTM", time_first, *weights, "lengths", direction="bidirectional", hidden_size=hidden)
    rows_first = graph.add("Transpose", states, perm=[2, 0, 1, 3])
    return graph.add("Reshape", rows_first, graph.constant([0, 0, 2 * hidden], np.int64))


def _grams(graph: Graph, model: CnnBilstm, length: str) -> list[str]:
    """Logits of the wide part, one output for each size of a run. A row shorter than a run adds nothing."""
    axis, found = graph.axis(1), []
    for size, table in enumerate(model.wide, start=2):
        # At least one column, so that short batches need no other graph; `mask` makes it zero.
        padded = graph.add("Pad", "ids", graph.constant([0, 0, 0, size - 1], np.int64), graph.constant(0, np.int32))
        terms = []
        for i in range(size):
            some = graph.add("Slice", padded, graph.axis(i), graph.add("Add", length, graph.axis(i)), axis)
            terms.append(graph.add("Mul", some, graph.constant(MULTIPLIERS[i], np.int32)))
        hashed = terms[0]
        for term in terms[1:]:
            hashed = graph.add("Add", hashed, term)
        bucket = graph.add("Mod", hashed, graph.constant(table.num_embeddings, np.int32))
        vectors = graph.add("Gather", graph.constant(table.weight.detach().numpy()), bucket)
        ends = graph.add("Pad", "mask", graph.constant([0, 0, 0, 0, size - 1, 0], np.int64))
        inside = graph.add("Slice", ends, graph.axis(size - 1), graph.add("Add", length, graph.axis(size - 1)), axis)
        total = graph.add("ReduceSum", graph.add("Mul", vectors, inside), graph.axis(1), keepdims=0)
        count = graph.add(
            "Sub", graph.add("Cast", "lengths", to=TensorProto.FLOAT), graph.constant(float(size - 1))
        )
        root = graph.add("Sqrt", graph.add("Max", count, graph.constant(1.0)))
        found.append(graph.add("Div", total, graph.add("Unsqueeze", root, graph.axis(1))))
    return found


def build(model: CnnBilstm) -> onnx.ModelProto:
    """The ONNX model of a trained network, checked by onnx."""
    graph = Graph()
    mask, length = mask_of(graph)
    graph.nodes.append(helper.make_node("Identity", [mask], ["mask"], name="mask"))
    tokens = graph.add(
        "Mul", graph.add("Gather", graph.constant(model.embedding.weight.detach().numpy()), "ids"), "mask"
    )
    local = _convolve(graph, model, tokens, length)
    weight = graph.constant(model.project.weight.detach().numpy().T)
    product = graph.add("MatMul", local, weight)
    projected = graph.add("Add", product, graph.constant(model.project.bias.detach().numpy()))
    features = graph.add("Concat", local, _lstm(graph, model, projected), axis=2)
    penalty = graph.add("Mul", graph.add("Sub", "mask", graph.constant(1.0)), graph.constant(1e4))
    pooled = graph.add("ReduceMax", graph.add("Add", features, penalty), axes=[1], keepdims=0)
    weight = graph.constant(model.heads.weight.detach().numpy().T)
    deep = graph.add("Gemm", pooled, weight, graph.constant(model.heads.bias.detach().numpy()))
    total = deep
    for grams in _grams(graph, model, length):
        total = graph.add("Add", total, grams)
    return finish(graph, total, "cnn-bilstm")


def session(source) -> onnxruntime.InferenceSession:
    """A single-threaded CPU session of a path or of bytes."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def run(runner: onnxruntime.InferenceSession, rows: list[np.ndarray], extra: int = 0) -> np.ndarray:
    """Logits of one padded batch; `extra` adds padding columns."""
    length = max(len(row) for row in rows) + extra
    ids = np.zeros((len(rows), length), np.int32)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
    return runner.run(None, {"ids": ids, "lengths": np.array([len(row) for row in rows], np.int32)})[0]


def prove(model: CnnBilstm | Encoder, runner: onnxruntime.InferenceSession, seed: int) -> dict[str, float]:
    """Largest differences in logits, relative to 1 + their size; raises AssertionError above 1e-5."""
    rng = np.random.default_rng(seed)
    rows = [rng.integers(1, model.shape.vocabulary, n).astype(np.int32) for n in [1, 1, 2, 3, *rng.integers(1, LONGEST, 60)]]
    together = run(runner, rows)
    alone = np.concatenate([run(runner, [row]) for row in rows])
    with torch.no_grad():
        model.eval()
        width = max(len(row) for row in rows)
        ids = torch.tensor(np.stack([np.pad(row, (0, width - len(row))) for row in rows]))
        expected = model(ids, torch.tensor([len(row) for row in rows], dtype=torch.int32)).numpy()
    differ = lambda a, b: float((np.abs(a - b) / (1 + np.abs(b))).max())
    found = {
        "parity": differ(together, expected),
        "padding": differ(run(runner, rows, 17), together),
        "batchMates": differ(alone, together),
    }
    assert max(found.values()) <= TOLERANCE, f"ONNX differs: {found}"
    return found


def load_trained(path: Path) -> CnnBilstm:
    """The network saved by train.py."""
    saved = torch.load(path, weights_only=True)
    model = CnnBilstm(Shape.from_json(saved["shape"]))
    model.load_state_dict(saved["weights"])
    return model.eval()


def is_encoder(path: Path) -> bool:
    """Whether train.py wrote an encoder there, and no CNN + BiLSTM."""
    return "layers" in torch.load(path, weights_only=True)["shape"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder with model.pt; model.onnx is written there")
    parser.add_argument("--seed", type=int, default=7, help="seed of the rows the checks use")
    args = parser.parse_args()
    encoder = load_encoder(args.work / "model.pt") if is_encoder(args.work / "model.pt") else None
    model = load_trained(args.work / "model.pt") if encoder is None else rounded(encoder)
    path = args.work / "model.onnx"
    path.write_bytes((build(model) if encoder is None else build_encoder(encoder)).SerializeToString())
    found = prove(model, session(str(path)), args.seed)
    save_run(args.work, "export", args, **found, sha256=sha256(path), bytes=path.stat().st_size)
    print({key: f"{value:.1e}" for key, value in found.items()}, f"{path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
