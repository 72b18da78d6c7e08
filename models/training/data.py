"""Reads the labelled and unlabelled sets and brings all labels onto the seven heads.

A set that says nothing about a head leaves that head masked (mask 0), so it neither rewards nor punishes it.
As a program it prints counts and fails when the canonical text of a validation row is also in a training row.

    PYTHONPATH=models python -m training.data --data ../shared/data
"""

import argparse
import functools
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .common import CODES, DATA, HEADS, REPOSITORY, digest, need_data, open_text, read_jsonl, sha256, share, simple_key
from .views import ViewCache

# K-MHaS names that are contempt of a protected group under the guideline, and names that are insults.
HATE_NAMES = {"origin", "gender", "age", "religion", "race"}
INSULT_NAMES = {"physical", "politics"}
TUNE_SHARE = 0.08
# Board posts are read, and labelled, up to here.
BOARD_LENGTH = 240
LOOKALIKES = REPOSITORY / "test" / "fixtures" / "lookalikes.txt"
OWN_LINES = Path(__file__).with_name("lines")
LATER_LABELS = Path(__file__).with_name("labels")
HELD_LABELS = Path(__file__).with_name("held-labels")
CHAT_FILES = ("twitch-ko.jsonl.gz", "lck.jsonl.gz", "twitch-en.txt.gz")
SALT = "haechi-tune-1"
OUR_GUIDELINE = ("chat", "chat-english", "board")


@dataclass(frozen=True)
class Row:
    """One labelled text. `targets` and `mask` follow HEADS; `group` names the set, `origin` the place within it."""

    text: str
    targets: tuple[int, ...]
    mask: tuple[int, ...]
    group: str
    origin: str
    kind: str = "chat"


def _heads(known: dict[str, int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(known.get(h, 0) for h in HEADS), tuple(int(h in known) for h in HEADS)


def _clean_but_mild() -> dict[str, int]:
    return {head: 0 for head in HEADS if head != "mild"}


def from_codes(row: dict) -> dict[str, int]:
    """Our own guideline: every head is known."""
    marked = {CODES[code] for code in row["codes"] if code in CODES}
    return {"abusive": row["label"], **{head: int(head in marked) for head in CODES.values()}}


def from_comments(row: dict) -> dict[str, int]:
    """Public comment sets. Swearing for emphasis is clean there, hence `mild` stays unknown."""
    names = set(row.get("labels") or ())
    if row["label"] == 0:
        return _clean_but_mild() | ({"mild": 0} if row["source"] == "chatbot_songys" else {})
    known = {"abusive": 1}
    if row["source"] == "kmhas":
        known["profanity"] = int("profanity" in names)
        known["hate"] = int(bool(names & HATE_NAMES))
        if names & INSULT_NAMES:
            known["insult"] = 1
    if "gender_bias" in names:
        known["hate"] = 1
    if row["source"] == "zizun_malicious":
        known["insult"] = 1
    return known


def from_english(row: dict) -> dict[str, int]:
    """Tweets. `offensive` there is mostly dialect and swearing, which the guideline does not call abuse: unknown."""
    if row["label"] == 0:
        return _clean_but_mild()
    if row.get("cls3") == "hate":
        return {"abusive": 1, "hate": 1}
    return {} if row.get("cls3") == "offensive" else {"abusive": 1}


def from_binary(row: dict) -> dict[str, int]:
    """Obfuscated lines know only abusive or neutral."""
    return {"abusive": 1} if row["label"] else _clean_but_mild()


SETS = {
    "chat": ("chat-{}.jsonl", from_codes),
    "chat-english": ("chat-english-{}.jsonl", from_codes),
    "board": ("board-{}.jsonl", from_codes),
    "comments": ("comments-{}.jsonl.gz", from_comments),
    "kotox": ("kotox-{}.jsonl", from_binary),
    "kotox-clean": ("kotox-clean-{}.jsonl", from_binary),
    "english": ("english.jsonl.gz", from_english),
}


def set_file(data: Path, group: str, part: str) -> Path:
    """The file of a set; `part` is `train` or `valid` (the tweets have only one file)."""
    return data / "labelled" / SETS[group][0].format(part)


@functools.cache
def later_codes() -> dict[str, str]:
    """Codes of lines that were read later, or again, by the digest of the text; `?` is undecided."""
    return read_codes(LATER_LABELS)


def read_codes(folder: Path) -> dict[str, str]:
    """Codes by digest from all files of a folder; the last file counts."""
    codes = {}
    for path in sorted(folder.glob("*.tsv")):
        codes.update(line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return codes


def load_held(data: Path) -> list[Row]:
    """Unlabelled lines with words of sex, death and violence that were read to judge the rare heads, never to train."""
    return _decided(chat_kinds(data), read_codes(HELD_LABELS), "rare-held", "held")


def load_set(data: Path, group: str, part: str) -> list[Row]:
    """All rows of one set that know at least one head; a training row that was read again has its new codes."""
    harmonise = SETS[group][1]
    kind = "board" if group == "board" else "chat"
    rows = []
    for raw in read_jsonl(set_file(data, group, part)):
        again = later_codes().get(digest(raw["text"])) if part == "train" and "codes" in raw else None
        if again == "?":
            continue
        targets, mask = _heads(harmonise(raw if again is None else coded(again)))
        if any(mask):
            rows.append(Row(raw["text"], targets, mask, group, raw.get("source", group), kind))
    return rows


def load_own() -> list[Row]:
    """Lines of our own: what the sets hardly hold (threats, sexual remarks, English insults) and near misses.

    Without those that happen to stand in the list that judges the model.
    """
    judged, rows = judged_keys(), []
    for path in sorted(OWN_LINES.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#"):
                codes, text = line.split("\t", 1)
                if simple_key(text) not in judged:
                    rows.append(_row(text, codes, "own", path.stem))
    return rows


def judged_keys() -> set[str]:
    """The lookalikes, which judge a finished model."""
    return {simple_key(line) for line in LOOKALIKES.read_text(encoding="utf-8").splitlines()}


def load_read(data: Path) -> list[Row]:
    """Unlabelled lines that were read later: `labels/` keeps the digest of the text and its codes."""
    boards = {text[:BOARD_LENGTH]: "board" for text in load_unlabelled(data, "board.jsonl.gz")}
    return _decided(chat_kinds(data) | boards, later_codes(), "read", "later")


@functools.cache
def chat_kinds(data: Path) -> dict[str, str]:
    """Every different unlabelled chat line, each of the kind `chat`."""
    return {text: "chat" for name in CHAT_FILES for text in load_unlabelled(data, name)}


def _decided(kinds: dict[str, str], codes: dict[str, str], group: str, origin: str) -> list[Row]:
    """The texts, by their kinds, that were read and decided on."""
    found = ((text, kind, codes.get(digest(text), "?")) for text, kind in kinds.items())
    return [_row(text, known, group, origin, kind) for text, kind, known in found if known != "?"]


def coded(codes: str) -> dict:
    """Codes of the guideline as a row of our own sets has them."""
    marked = set(codes) & set(CODES)
    return {"codes": marked, "label": int(bool(marked - {"m"}))}


def _row(text: str, codes: str, group: str, origin: str, kind: str = "chat") -> Row:
    targets, mask = _heads(from_codes(coded(codes)))
    return Row(text, targets, mask, group, origin, kind)


def load_valid(data: Path) -> dict[str, list[Row]]:
    """The validation sets. They judge a finished model and choose nothing."""
    return {group: load_set(data, group, "valid") for group in SETS if group != "english"}


def canonical_rows(cache: ViewCache, rows: list[Row]) -> list[str]:
    """The canonical view of each row, boards read as boards."""
    texts = [""] * len(rows)
    for kind in ("chat", "board"):
        places = [i for i, row in enumerate(rows) if row.kind == kind]
        for place, text in zip(places, cache.canonical([rows[i].text for i in places], kind)):
            texts[place] = text
    return texts


def canonical_keys(cache: ViewCache, rows: list[Row]) -> list[str]:
    """Canonical texts without spaces: rows that differ in nothing else count as one."""
    return ["".join(text.split()) for text in canonical_rows(cache, rows)]


def held_keys(data: Path, cache: ViewCache) -> set[str]:
    """The canonical keys of all rows that judge."""
    judging = [*load_valid(data).values(), load_held(data)]
    return {key for rows in judging for key in canonical_keys(cache, rows)}


def load_train(data: Path, cache: ViewCache) -> list[Row]:
    """Training rows without doubles and without any text of a validation set; what comes first wins."""
    seen = held_keys(data, cache)
    rows = []
    ours = [load_set(data, group, "train") for group in OUR_GUIDELINE]
    others = [load_set(data, group, "train") for group in SETS if group not in OUR_GUIDELINE]
    for loaded in (load_own(), *ours, load_read(data), *others):
        for row, key in zip(loaded, canonical_keys(cache, loaded)):
            if key and key not in seen:
                seen.add(key)
                rows.append(row)
    return rows


def split_tune(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """(fit, tune): 8 % of the training rows, chosen by their text, are kept for selection and thresholds."""
    fit, tune = [], []
    for row in rows:
        (tune if share(simple_key(row.text), SALT) < TUNE_SHARE else fit).append(row)
    return fit, tune


def held_out(data: Path, cache: ViewCache, shrink: int) -> list[Row]:
    """Held-out training rows of the sets that follow our own guideline."""
    return [row for row in split_tune(load_train(data, cache)[::shrink])[1] if row.group in OUR_GUIDELINE]


def load_unlabelled(data: Path, name: str, limit: int | None = None) -> list[str]:
    """Texts of an unlabelled file in their order; board posts are joined as `title ⏎ body`."""
    texts = []
    with open_text(data / "unlabelled" / name) as file:
        for line in file:
            line = line.rstrip("\n")
            if name.endswith(".txt.gz"):
                texts.append(line)
            else:
                row = json.loads(line)
                texts.append(row["text"] if "text" in row else f"{row['title']} ⏎ {row['body']}")
            if limit is not None and len(texts) >= limit:
                break
    return texts


def is_training_file(name: str) -> bool:
    """A data file that is not held back for judging."""
    return (".jsonl" in name or ".txt" in name) and "-valid" not in name


def data_hashes(data: Path) -> dict[str, str]:
    """SHA-256 of every file that training reads, for the manifest."""
    return {str(p.relative_to(data)): sha256(p) for p in sorted(data.rglob("*")) if is_training_file(p.name)}


def leaks(data: Path, cache: ViewCache, rows: list[Row]) -> int:
    """How many of the training rows have the canonical text of a validation row; must be 0."""
    held = held_keys(data, cache)
    return sum(key in held for key in canonical_keys(cache, rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    args = parser.parse_args()
    need_data(args.data)
    cache = ViewCache()
    rows = load_train(args.data, cache)
    for group, count in Counter(row.group for row in rows).items():
        known = [sum(row.mask[i] for row in rows if row.group == group) for i in range(len(HEADS))]
        found = [sum(row.targets[i] for row in rows if row.group == group) for i in range(len(HEADS))]
        print(
            f"{group:14} {count:7}  positive/known " + "  ".join(f"{h} {f}/{k}" for h, f, k in zip(HEADS, found, known))
        )
    found_leaks = leaks(args.data, cache, rows)
    print(f"leaks: {found_leaks}")
    raise SystemExit(1 if found_leaks else 0)


if __name__ == "__main__":
    main()
