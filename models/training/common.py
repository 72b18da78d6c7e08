"""What every step shares: the heads, folders, seeded hashing, JSON lines and the record of a run."""

import gzip
import hashlib
import json
import subprocess
import sys
import unicodedata
from pathlib import Path

# The order of the columns of `logits`; src/domain/verdict.ts lists the same categories in the same order.
HEADS = ("abusive", "profanity", "insult", "hate", "sexual", "threat", "mild")
# The letters of `codes` in the chat, English chat and board sets, per head after `abusive`.
CODES = {"p": "profanity", "i": "insult", "h": "hate", "s": "sexual", "t": "threat", "m": "mild"}

REPOSITORY = Path(__file__).resolve().parents[2]
CACHE = Path.home() / ".cache" / "haechi"
DATA = REPOSITORY.parent / "shared" / "data"
WORK = CACHE / "work"


def digest(text: str) -> str:
    """16 hex digits that name a text; the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def share(text: str, salt: str) -> float:
    """A number in 0..1 drawn from the text alone, so that equal texts always fall on the same side of a split."""
    return int(digest(f"{salt}\n{text}")[:8], 16) / 2**32


def sha256(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def simple_key(text: str) -> str:
    """A text without case, spaces and form: what two rows must differ in to count as two rows."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def open_text(path: Path):
    """Opens a text file, unpacking `*.gz` on the way."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_jsonl(path: Path) -> list[dict]:
    """All rows of a JSON-lines file, gzip or not. Splits at line feeds only, as JSON lines must."""
    with open_text(path) as file:
        return [json.loads(line) for line in file.read().split("\n") if line]


def write_json(path: Path, value, indent: int | None = 2) -> None:
    """Writes a value as readable JSON, making the folder when it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")


def read_json(path: Path):
    """Reads one JSON document."""
    return json.loads(path.read_text(encoding="utf-8"))


def git_commit() -> str:
    """The commit the code ran at, or `unknown` outside a checkout."""
    done = subprocess.run(["git", "-C", str(REPOSITORY), "rev-parse", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() or "unknown"


def save_run(work: Path, step: str, args, **facts) -> None:
    """Records flags, commit, library versions and the step's own facts beside its output."""
    import numpy
    import torch

    flags = {key: str(value) if isinstance(value, Path) else value for key, value in vars(args).items()}
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, "numpy": numpy.__version__}
    write_json(work / f"{step}.run.json", {"step": step, "commit": git_commit(), "flags": flags, **versions, **facts})


def need_data(data: Path) -> None:
    """Ends the run with exit code 66 and a clear message when the data folder is absent."""
    if not (data / "labelled" / "chat-train.jsonl").exists():
        print(f"no training data at {data}: give --data a folder with labelled/ and unlabelled/", file=sys.stderr)
        raise SystemExit(66)
