"""Turns an artifact's model.onnx into 8-bit integers in two ways and says what that costs and saves: dynamic (ranges of
activations taken from each batch) and static (QDQ; ranges from a part of the held-out training chat).

Size; rows a second of one ONNX Runtime thread (CPU seconds) in batches of 32 and 64 rows of like length; average
precision and F1 on the other held-out rows; and the largest change of a row's logits, relative to 1 + their size, in
other company and behind more padding, which a model that ships must not show (export.py refuses 1e-5).

    PYTHONPATH=models python -m training.quantise --artifact models/cnn-bilstm/6.1.0
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

from .common import DATA, WORK, need_data, save_run
from .export import LONGEST, run, session
from .packed import Packed, pack, some_rows
from .score import ARTIFACT
from .speed import batches, each, in_onnx
from .study import WINDOW, load_labelled, markdown, on_tune, targets_of
from .tokenizer import load
from .views import ViewCache

SIZES = (32, 64)
CALIBRATION_BATCH = 32
# Everything that multiplies; ranges of what masks (-1e4) would leave nothing for the numbers that count.
MULTIPLIES = ["MatMul", "Gemm", "Gather"]


class Calibration(CalibrationDataReader):
    """Hands batches of rows to the calibration of ranges."""

    def __init__(self, packed: Packed):
        self.left = iter(batches(packed, CALIBRATION_BATCH))

    def get_next(self) -> dict | None:
        batch = next(self.left, None)
        return None if batch is None else {"ids": batch[0], "lengths": batch[1]}


def folded(source: Path, target: Path) -> Path:
    """The model with what is constant multiplied out: weights that are stored as codes become matrices again."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=["CPUExecutionProvider"])
    return target


def quantised(source: Path, folder: Path, calibration: Packed) -> dict[str, Path]:
    """The model as it ships and both ways of 8 bits, by name."""
    plain, dynamic, static = (folder / f"{name}.onnx" for name in ("plain", "dynamic", "static"))
    folded(source, plain)
    quantize_dynamic(plain, dynamic, per_channel=True, weight_type=QuantType.QInt8)
    quantize_static(
        plain,
        static,
        Calibration(calibration),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=MULTIPLIES,
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )
    return {"as it ships": source, "dynamic int8": dynamic, "static int8 (QDQ)": static}


def logits_of(runner: onnxruntime.InferenceSession, packed: Packed) -> np.ndarray:
    """Logits of `abusive`, float32 [rows], in batches of 32 rows of like length; no row may be empty."""
    out, order = np.zeros(len(packed), np.float32), np.argsort(packed.lengths, kind="stable")
    for start in range(0, len(order), CALIBRATION_BATCH):
        some = order[start : start + CALIBRATION_BATCH]
        out[some] = run(runner, [packed.row(i) for i in some])[:, 0]
    return out


def company(runner: onnxruntime.InferenceSession, packed: Packed, seed: int) -> dict[str, str]:
    """How much logits depend on batch mates and on padding, on real rows of all lengths."""
    rng = np.random.default_rng(seed)
    rows = [packed.row(i).astype(np.int32)[:LONGEST] for i in rng.permutation(len(packed))[:64]]
    together = run(runner, rows)
    alone = np.concatenate([run(runner, [row]) for row in rows])
    differ = lambda found: f"{(np.abs(found - together) / (1 + np.abs(together))).max():.0e}"
    return {"batchMates": differ(alone), "padding": differ(run(runner, rows, 17))}


def judged(name: str, path: Path, packed: Packed, targets: np.ndarray, seed: int) -> dict:
    """The row of one model."""
    runner = session(str(path))
    row = {"model": name, "MB": round(path.stat().st_size / 1e6, 2)}
    for size in SIZES:
        some = batches(packed, size)
        row[f"rows/s, batches of {size}"] = round(sum(len(ids) for ids, _ in some) / each(in_onnx(runner), some))
    return row | on_tune(targets, logits_of(runner, packed)) | company(runner, packed, seed)


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for the record")
    parser.add_argument("--artifact", type=Path, default=ARTIFACT, help="folder with model.onnx and tokenizer.json")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--calibrate", type=int, default=768, help="held-out rows that give the ranges")
    parser.add_argument("--seed", type=int, default=3, help="seed of those rows and of the company")
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    labelled = load_labelled(args.data, ViewCache(), args.shrink)
    packed = pack(load(args.artifact / "tokenizer.json"), labelled.tune_texts, WINDOW)
    order = np.random.default_rng(args.seed).permutation(np.flatnonzero(packed.lengths > 0))
    args.calibrate = min(args.calibrate, len(order) // 2)
    judging = order[args.calibrate :]
    held, targets = some_rows(packed, judging), targets_of(labelled.tune)[judging]
    with tempfile.TemporaryDirectory() as folder:
        models = quantised(args.artifact / "model.onnx", Path(folder), some_rows(packed, order[: args.calibrate]))
        found = [judged(name, path, held, targets, args.seed) for name, path in models.items()]
    save_run(args.work, "quantise", args, rows=len(judging), found=found)
    print(f"{args.artifact}, {len(judging)} held-out rows")
    print(markdown(found))


if __name__ == "__main__":
    main()
