"""Writes the artifact: model.onnx, tokenizer.json, card.md and manifest.json with the hashes and figures of this run.

PYTHONPATH=models python -m training.card --work ~/.cache/haechi/work --out models/cnn-bilstm/3.0.0
"""

import argparse
import re
import shutil
from pathlib import Path
from string import Template

from .common import DATA, HEADS, REPOSITORY, WORK, git_commit, need_data, read_json, sha256, write_json
from .data import data_hashes, load_own
from .score import ARTIFACT, WINDOW

LICENCE = "CC-BY-SA-4.0"
TEMPLATE = Path(__file__).with_name("card-template.md")
STEPS = ("tokenizer", "linear", "examples", "pretrain", "teacher-1", "teacher-2", "first", "teacher")
STEPS += ("model", "export", "cascade", "thresholds", "evaluate")


def canonicaliser_version() -> str:
    """CANONICALISER_VERSION as src/text/views.ts declares it."""
    source = (REPOSITORY / "src" / "text" / "views.ts").read_text(encoding="utf-8")
    return re.search(r"CANONICALISER_VERSION = '([^']+)'", source).group(1)


def set_table(sets: dict) -> str:
    """The validation sets as a Markdown table."""
    head = "| set | lines | abusive | AP | F1 | best F1 | precision | recall | precision at recall 0.7 | innocents kept | linear: AP | best F1 |"
    lines = [head, "|" + "---|" * 12]
    for name, r in sets.items():
        cells = [
            name,
            r["rows"],
            r["abusive"],
            *(
                f"{r[k]:.3f}"
                for k in (
                    "averagePrecision",
                    "f1",
                    "bestF1",
                    "precision",
                    "recall",
                    "precisionAtRecall70",
                    "innocentRecall",
                )
            ),
        ]
        cells += [f"{r['linear']['averagePrecision']:.3f}", f"{r['linear']['bestF1']:.3f}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def confusion_table(sets: dict) -> str:
    """True and false flags and passes for each set."""
    lines = [
        "| set | abusive, flagged | abusive, missed | innocent, flagged | innocent, passed |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {name} | {r['tp']} | {r['fn']} | {r['fp']} | {r['tn']} |" for name, r in sets.items()]
    return "\n".join(lines)


def head_table(shipped: dict, sets: dict) -> str:
    """Thresholds, their flag rate on raw chat and average precision on chat-valid for each head."""
    lines = ["| category | threshold | raw chat lines at or above it | AP on chat-valid |", "|---|---|---|---|"]
    known = {"abusive": sets["chat-valid"]["averagePrecision"], **sets["chat-valid"]["heads"]}
    for head in HEADS:
        lines.append(
            f"| {head} | {shipped['thresholds'][head]:.2f} | {shipped['chosen'][head]['flagRate']:.2%} | {known.get(head, 'too few lines')} |"
        )
    return "\n".join(lines)


def teacher(work: Path) -> str:
    """What taught both models, in one sentence with its figures."""
    mixed = read_json(work / "teacher.run.json")
    members = [describe(work / f"{Path(name).stem}.run.json", name) for name in mixed["flags"]["network"]]
    members.append("the linear model")
    return (
        f"{', '.join(members)} (average precision on held-out chat {', '.join(map(str, mixed['alone']))}; "
        f"together {mixed['mixed']})"
    )


def describe(run: Path, name: str) -> str:
    """A teacher in words, from the record of its training."""
    facts = read_json(run) if run.exists() else {}
    if facts.get("flags", {}).get("encoder"):
        pretrain = read_json(run.with_name("pretrain.run.json"))
        size = f"{pretrain['flags']['layers']} layers of width {pretrain['flags']['width']}"
        return f"an encoder of {size}, pre-trained on {pretrain['tokens'] / 1e6:.0f} M tokens of unlabelled chat"
    return f"a network of the same kind as this one ({name})"


def card(work: Path, version: str, note: str, history: str) -> str:
    """The model card, filled from the run's own records."""
    report, shipped = read_json(work / "report.json"), read_json(work / "thresholds.json")
    shape, probes = read_json(work / "model.run.json"), report["probes"]
    chosen, cascade = shipped["chosen"]["abusive"], read_json(work / "cascade.run.json")
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        note=f" {note}" if note else "",
        version=version,
        commit=git_commit(),
        examples=f"{shape['examples']:,}",
        shape=", ".join(f"{k} {v}" for k, v in shape["shape"].items()),
        teacher=teacher(work),
        history=history,
        lost=f"{cascade['suspectLost']:.2%}",
        copies_lost=f"{cascade['suspectCopiesLost']:.2%}",
        passed_on=f"{cascade['passedOn']:.1%}",
        own=f"{len(load_own()):,}",
        sets=set_table(report["sets"]),
        confusion=confusion_table(report["sets"]),
        heads=head_table(shipped, report["sets"]),
        threshold=f"{chosen['threshold']:.2f}",
        fpr=f"{chosen['innocentFlagRate']:.2%}",
        flag_rate=f"{probes['rawChatFlagRate']:.2%}",
        lookalikes=probes["lookalikes"],
        wrong=probes["lookalikesFlagged"],
        lookalike_rate=f"{probes['lookalikeRate']:.1%}",
        tokens=WINDOW["tokens"],
        stride=WINDOW["stride"],
    )


def manifest(work: Path, out: Path, data: Path, version: str) -> dict:
    """What the worker checks before it serves the model."""
    shipped, report = read_json(work / "thresholds.json"), read_json(work / "report.json")
    names = ("model.onnx", "linear.bin", "tokenizer.json", "card.md")
    return {
        "id": "cnn-bilstm",
        "version": version,
        "files": {name: sha256(out / name) for name in names},
        "labels": list(HEADS),
        "thresholds": shipped["thresholds"],
        "calibration": shipped["calibration"],
        "linear": read_json(work / "cascade.json"),
        "inputs": {
            "ids": "int32 [batch, length], 0 pads",
            "lengths": "int32 [batch]",
            "outputs": {"logits": f"float32 [batch, {len(HEADS)}]"},
        },
        "window": WINDOW,
        "canonicaliser": canonicaliser_version(),
        "precision": "fp32",
        "trainingData": data_hashes(data),
        "licence": LICENCE,
        "commit": git_commit(),
        "training": {
            step: read_json(work / f"{step}.run.json")["flags"]
            for step in STEPS
            if (work / f"{step}.run.json").exists()
        },
        "metrics": {
            "sets": report["sets"],
            **{k: v for k, v in report["probes"].items() if k != "wrong"},
            "abusive": shipped["chosen"]["abusive"],
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with the finished run")
    parser.add_argument("--out", type=Path, default=ARTIFACT, help="artifact folder to write, named after the version")
    parser.add_argument("--note", default="", help="a sentence about this run's validation, for the card")
    parser.add_argument("--history", default="", help="a sentence about how the weights came about, for the card")
    args = parser.parse_args()
    need_data(args.data)
    args.out.mkdir(parents=True, exist_ok=True)
    for name in ("model.onnx", "linear.bin", "tokenizer.json"):
        shutil.copyfile(args.work / name, args.out / name)
    version = args.out.name if re.fullmatch(r"\d+\.\d+\.\d+", args.out.name) else "0.0.0"
    (args.out / "card.md").write_text(card(args.work, version, args.note, args.history), encoding="utf-8")
    write_json(args.out / "manifest.json", manifest(args.work, args.out, args.data, version))
    total = sum(path.stat().st_size for path in args.out.iterdir())
    assert total < 20e6, f"the artifact has {total / 1e6:.1f} MB, more than 20"
    print(f"{args.out}: {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
