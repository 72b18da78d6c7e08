"""The views of a text as the worker sees them, from `dist/src/bin/render-views.js`: Python has no canonicaliser.

The program reads {text, kind} a line and answers [[name, view, part, ...], ...] a line, in order. Answers are kept under
~/.cache/haechi/views by the hash of the input and of the compiled canonicaliser, never in the repository.

    npm run build && echo '시1발 뭐하냐' | PYTHONPATH=models python -m training.views
"""

import hashlib
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from .common import CACHE, REPOSITORY, digest

PROGRAM = REPOSITORY / "dist" / "src" / "bin" / "render-views.js"
CHUNK = 20_000


class View(NamedTuple):
    """One reading of a text; special tokens are written [EMOTE] [USER] [URL] [TEL] [MONEY].

    `scored` is what of it the model is asked: all of it in passages, and a few words at a time.
    """

    name: str
    text: str
    scored: tuple[str, ...]

    @staticmethod
    def of(answer: list[str]) -> "View":
        return View(answer[0], answer[1], tuple(answer[2:]))


def canonicaliser_hash() -> str:
    """Changes whenever a compiled file of the text stage changes."""
    total = hashlib.sha256(PROGRAM.read_bytes())
    for path in sorted((PROGRAM.parents[1] / "text").rglob("*.js")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()[:12]


def render(texts: list[str], kind: str) -> list[list[View]]:
    """Views of each text without the cache; raises RuntimeError when the program fails or loses a line."""
    lines = "".join(json.dumps({"text": text, "kind": kind}, ensure_ascii=True) + "\n" for text in texts)
    done = subprocess.run(["node", str(PROGRAM)], input=lines, capture_output=True, encoding="utf-8", check=False)
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    if done.returncode != 0 or len(answers) != len(texts):
        raise RuntimeError(f"{PROGRAM} answered {len(answers)} of {len(texts)} lines: {done.stderr[-500:]}")
    return [[View.of(view) for view in answer] for answer in answers]


class ViewCache:
    """Views by text and kind, remembered in a SQLite file named after the canonicaliser's hash."""

    def __init__(self, folder: Path = CACHE / "views"):
        if not PROGRAM.exists():
            raise SystemExit(f"{PROGRAM} is missing: run `npm ci && npm run build` first")
        folder.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(folder / f"{canonicaliser_hash()}.sqlite")
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("CREATE TABLE IF NOT EXISTS views (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")

    def get(self, texts: list[str], kind: str = "chat") -> list[list[View]]:
        """Views of every text, in order, the canonical one first; none for a text that the model is not asked about."""
        keys = [digest(f"{kind}\n{text}") for text in texts]
        found: dict[str, list[View]] = {}
        for start in range(0, len(texts), CHUNK):
            self._fill(found, keys[start : start + CHUNK], texts[start : start + CHUNK], kind)
        return [found[key] for key in keys]

    def canonical(self, texts: list[str], kind: str = "chat") -> list[str]:
        """Only the canonical view of every text, empty where there is none."""
        return [views[0].text if views else "" for views in self.get(texts, kind)]

    def _fill(self, found: dict, keys: list[str], texts: list[str], kind: str) -> None:
        wanted = {key: text for key, text in zip(keys, texts) if key not in found}
        names = list(wanted)
        for start in range(0, len(names), 500):
            some = names[start : start + 500]
            marks = ",".join("?" * len(some))
            for key, value in self.db.execute(f"SELECT key, value FROM views WHERE key IN ({marks})", some):
                found[key] = [View.of(view) for view in json.loads(value)]
        missing = [key for key in names if key not in found]
        if missing:
            fresh = dict(zip(missing, render([wanted[key] for key in missing], kind)))
            found.update(fresh)
            rows = [
                (key, json.dumps([[v.name, v.text, *v.scored] for v in value], ensure_ascii=False))
                for key, value in fresh.items()
            ]
            with self.db:
                self.db.executemany("INSERT OR REPLACE INTO views VALUES (?, ?)", rows)


def main() -> None:
    for views in ViewCache().get(sys.stdin.read().splitlines()):
        print(json.dumps(views, ensure_ascii=False))


if __name__ == "__main__":
    main()
