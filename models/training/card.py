"""Writes the artifact: both models, tokenizer.json, card.md with its drawings, and manifest.json with hashes and figures.

With --after, the artifact folder of another model, the manifest also says how this one is used behind that one: what
second.py fitted and `evaluate --first` found.

    PYTHONPATH=models python -m training.card --work ~/.cache/haechi/work --out models/cnn-bilstm/6.1.0
"""

import argparse
import re
import shutil
from pathlib import Path

from .card_text import PAIR_DRAWING, fill, pair_section, pretraining, reliability_section, results, teacher
from .common import DATA, HEADS, REPOSITORY, WORK, git_commit, need_data, read_json, sha256, write_json
from .data import data_hashes, load_own
from .score import ARTIFACT, WINDOW

LICENCE = "CC-BY-SA-4.0"
TEMPLATES = {"cnn-bilstm": "card-template.md", "bert-small": "card-bert-template.md"}
PRECISION = {"cnn-bilstm": "fp32", "bert-small": "fp32, weights of 8 bits"}
FILES = ("model.onnx", "linear.bin", "tokenizer.json", "reliability.svg")
STEPS = ("tokenizer", "linear", "examples", "pretrain", "pretrain-small", "teacher-1", "teacher-2", "first", "teacher")
STEPS += ("model", "export", "cascade", "thresholds", "evaluate", "second", "evaluate-pair")
# Bytes of one artifact, and of one with the one that it comes after.
MOST, MOST_TOGETHER = 20e6, 25e6


def canonicaliser_version() -> str:
    """CANONICALISER_VERSION as src/text/views.ts declares it."""
    source = (REPOSITORY / "src" / "text" / "views.ts").read_text(encoding="utf-8")
    return re.search(r"CANONICALISER_VERSION = '([^']+)'", source).group(1)


def kind_of(work: Path) -> str:
    """Which of TEMPLATES the network is."""
    return "bert-small" if "layers" in read_json(work / "model.run.json")["shape"] else "cnn-bilstm"


def named(out: Path, kind: str) -> tuple[str, str]:
    """(id, version) of an artifact folder `<id>/<version>`; of any other folder (kind, 0.0.0)."""
    return (out.parent.name, out.name) if re.fullmatch(r"\d+\.\d+\.\d+", out.name) else (kind, "0.0.0")


def version_string(folder: Path) -> str:
    """How the worker names the model of an artifact folder: `<id>@<version>+<12 digits of the network's SHA-256>`."""
    about = read_json(folder / "manifest.json")
    return f"{about['id']}@{about['version']}+{about['files']['model.onnx'][:12]}"


def card(work: Path, name: tuple[str, str], after: str | None, note: str, history: str) -> str:
    """The model card, filled from the run's own records; `after` names the model that this one comes after."""
    report, shipped = read_json(work / "report.json"), read_json(work / "thresholds.json")
    trained, cascade, kind = read_json(work / "model.run.json"), read_json(work / "cascade.run.json"), kind_of(work)
    limits = read_json(work / "thresholds.run.json")["flags"]
    reliability = reliability_section(shipped["reliability"], "reliability.svg")
    fields = results(report, shipped, shipped["chosen"], shipped["chosenForBoards"], reliability)
    return fill(
        TEMPLATES[kind],
        fields
        | {
            "id": name[0],
            "version": name[1],
            "note": f" {note}" if note else "",
            "history": history,
            "commit": git_commit(),
            "examples": f"{trained['examples']:,}",
            "shape": ", ".join(f"{key} {value}" for key, value in trained["shape"].items()),
            "pretraining": pretraining(work / "model.run.json") if kind == "bert-small" else "",
            "teacher": teacher(work),
            "lost": f"{cascade['suspectLost']:.2%}",
            "copies_lost": f"{cascade['suspectCopiesLost']:.2%}",
            "passed_on": f"{cascade['passedOn']:.1%}",
            "own": f"{len(load_own()):,}",
            "most_innocent": f"{limits['fpr']:.1%}",
            "most_flagged": f"{limits['flag_rate']:.2%}",
            "tokens": WINDOW["tokens"],
            "stride": WINDOW["stride"],
            "pair": "" if after is None else pair_section(work, after),
        },
    )


def manifest(work: Path, out: Path, data: Path, name: tuple[str, str], after: str | None) -> dict:
    """What the worker checks before it serves the model."""
    shipped, second = read_json(work / "thresholds.json"), {}
    names = [*FILES, "card.md"]
    if after is not None:
        names.append(PAIR_DRAWING)
        second = {"second": {"after": after, **read_json(work / "second.json")}}
    return {
        "id": name[0],
        "version": name[1],
        "files": {name: sha256(out / name) for name in names},
        "labels": list(HEADS),
        "thresholds": shipped["thresholds"],
        "boardThresholds": shipped["boardThresholds"],
        "calibration": shipped["calibration"],
        "linear": read_json(work / "cascade.json"),
        **second,
        "inputs": {
            "ids": "int32 [batch, length], 0 pads",
            "lengths": "int32 [batch]",
            "outputs": {"logits": f"float32 [batch, {len(HEADS)}]"},
        },
        "window": WINDOW,
        "canonicaliser": canonicaliser_version(),
        "precision": PRECISION[kind_of(work)],
        "trainingData": data_hashes(data),
        "licence": LICENCE,
        "commit": git_commit(),
        "training": {
            step: read_json(work / f"{step}.run.json")["flags"]
            for step in STEPS
            if (work / f"{step}.run.json").exists()
        },
        "metrics": metrics(work, "report", shipped)
        | ({} if after is None else {"pair": metrics(work, "report-pair", read_json(work / "second.run.json"))}),
    }


def metrics(work: Path, report: str, settled: dict) -> dict:
    """The figures of a model, or of a pair; `settled` is what was chosen for it."""
    found = read_json(work / f"{report}.json")
    return {
        "sets": found["sets"],
        **{key: value for key, value in found["probes"].items() if key != "wrong"},
        "abusive": settled["chosen"]["abusive"],
        "boards": settled["chosenForBoards"],
        "reliability": settled["reliability"],
    }


def require_first(work: Path, after: Path) -> str:
    """The version of the model before this one; ends the run where the two do not fit or were not judged together."""
    missing = [name for name in ("second.json", "report-pair.json") if not (work / name).exists()]
    if missing:
        raise SystemExit(
            f"{work} has no {' and no '.join(missing)}: run second and evaluate --first before card --after"
        )
    if sha256(after / "tokenizer.json") != sha256(work / "tokenizer.json"):
        raise SystemExit(
            f"{after} has another tokenizer.json than {work}: the second model reads the first one's tokens"
        )
    first = read_json(work / "second.run.json")["flags"]["first"]
    if sha256(Path(first) / "model.onnx") != sha256(after / "model.onnx"):
        raise SystemExit(
            f"second.json was fitted behind {first}, whose model.onnx is not that of {after}: run second anew"
        )
    return version_string(after)


def size_of(folder: Path) -> int:
    """Bytes of an artifact."""
    return sum(path.stat().st_size for path in folder.iterdir())


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with the finished run")
    parser.add_argument("--out", type=Path, default=ARTIFACT, help="artifact folder to write: models/<id>/<version>")
    parser.add_argument("--after", type=Path, help="artifact folder of the model that this one comes after")
    parser.add_argument("--note", default="", help="a sentence about this run's validation, for the card")
    parser.add_argument("--history", default="", help="a sentence about how the weights came about, for the card")
    return parser


def main() -> None:
    args = flags().parse_args()
    need_data(args.data)
    out, work = args.out.resolve(), args.work
    after = None if args.after is None else require_first(work, args.after)
    out.mkdir(parents=True, exist_ok=True)
    for file in (*FILES, *(() if after is None else (PAIR_DRAWING,))):
        shutil.copyfile(work / file, out / file)
    name = named(out, kind_of(work))
    (out / "card.md").write_text(card(work, name, after, args.note, args.history), encoding="utf-8")
    write_json(out / "manifest.json", manifest(work, out, args.data, name, after))
    total = size_of(out)
    assert total < MOST, f"{out} has {total / 1e6:.1f} MB, more than {MOST / 1e6:.0f}"
    if args.after is not None:
        both = total + size_of(args.after)
        assert both < MOST_TOGETHER, (
            f"{out} and {args.after} have {both / 1e6:.1f} MB, more than {MOST_TOGETHER / 1e6:.0f}"
        )
    print(f"{out}: {'@'.join(name)}, {total / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
