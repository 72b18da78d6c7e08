"""Turns lines into rows of token ids ready for training: labelled lines with their views and windows, obfuscated
copies, generated innocent lines and fragments, and unlabelled lines.

A worker's score is the maximum over views and windows. So an innocent line is an innocent example in every view and
window; an abusive line is one only in its canonical view and, when disguised, in the view that comes nearest to it.
What the teacher should say of a disguised text is what it says of the text it was made from.

    PYTHONPATH=models python -m training.examples --data ../shared/data
"""

import argparse
import random
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from .augment import obfuscate, obfuscate_named
from .common import DATA, HEADS, WORK, need_data, save_run, simple_key
from .data import Row, held_keys, judged_keys, load_train, load_unlabelled, split_tune
from .fragments import fragments
from .linear import WEIGHTS, Linear
from .neutral import generate
from .packed import Examples, pack, write_texts
from .tokenizer import load
from .views import View, ViewCache

# Unlabelled files to distil from, and how many different lines of each.
SOFT = {"twitch-ko.jsonl.gz": 340_000, "lck.jsonl.gz": 160_000, "twitch-en.txt.gz": 80_000, "nsmc.txt.gz": 25_000}
SOFT |= {"news-comments.txt.gz": 15_000, "board.jsonl.gz": 6_000}
WINDOW = 48
LONGEST_GLUED = 12
LONGEST_NEIGHBOUR = 20
NOBODY = np.zeros(len(HEADS), np.float32)
EVERY = np.ones(len(HEADS), np.float32)
# Share of a set's labels in what the network learns beside the teacher: other guidelines count for less.
TRUST = {"chat": 0.5, "chat-english": 0.5, "board": 0.5, "own": 0.85, "read": 0.7}
OTHERS = 0.3
# Manners of augment.py that a reader undoes without thinking: an innocent line stays innocent under them.
REVERSIBLE = {"marks", "digits", "spaces", "jamo-whole", "jamo-partial", "loose-final", "keyboard", "keys", "spread-out"}
TRIES = 6
# An unlabelled line at which the linear model's probability is higher is copied often, as abuse is rare.
SUSPECT, COPIES, LABELLED_COPIES = 0.25, 5, 4
# A disguised abusive line is drawn this much more often than a disguised ordinary one.
SUSPECT_OFTEN = 2.0


@dataclass
class Pile:
    """Examples under construction."""

    texts: list[str] = field(default_factory=list)
    rows: list[tuple] = field(default_factory=list)  # targets, mask, trust, source, weight, kind

    def add(self, text: str, targets, mask, trust: float, weight: float, kind: str, source: int = -1) -> int:
        """Adds an example made from example `source` (-1: from nothing else); gives its number."""
        number = len(self.texts)
        self.texts.append(text)
        self.rows.append((targets, mask, trust, number if source < 0 else source, weight, kind))
        return number

    def save(self, path: Path, tokenizer) -> Examples:
        """Writes the pile, and its texts beside it; the weight of texts without a token is 0."""
        write_texts(path.with_suffix(".txt.gz"), self.texts)
        packed = pack(tokenizer, self.texts, WINDOW)
        targets, mask, trust, source, weight, kinds = zip(*self.rows)
        examples = Examples(
            packed.ids,
            packed.offsets,
            np.array(targets, np.float32),
            np.array(mask, np.float32),
            np.array(trust, np.float32),
            np.array(source, np.int32),
            np.where(packed.lengths > 0, np.array(weight, np.float32), 0),
            np.array(kinds, "U12"),
        )
        examples.save(path)
        return examples


def views_of(cache: ViewCache, rows: list[Row], texts: list[str]) -> list[list[View]]:
    """Views of a text for each row, read as the row's kind."""
    found: list = [[] for _ in rows]
    for kind in ("chat", "board"):
        places = [i for i, row in enumerate(rows) if row.kind == kind]
        for place, views in zip(places, cache.get([texts[i] for i in places], kind)):
            found[place] = views
    return found


def letters(text: str) -> set[str]:
    """Pairs of neighbouring jamo and letters: what tells whether two spellings are near."""
    bare = unicodedata.normalize("NFD", "".join(text.split()))
    return {bare[i : i + 2] for i in range(len(bare) - 1)} or {bare}


def nearest(views: list[View], clean: str) -> str:
    """The view that shares most with the clean text."""
    wanted = letters(clean)
    near = lambda text: len(wanted & letters(text)) / len(wanted | letters(text))
    return max((view.text for view in views), key=near)


def add_labelled(pile: Pile, cache: ViewCache, rows: list[Row]) -> list[int]:
    """Every row in its canonical view; the other views and the windows of innocent rows. Gives the rows' numbers."""
    numbers = []
    for row, views in zip(rows, views_of(cache, rows, [row.text for row in rows])):
        weight, trust = WEIGHTS[row.group], TRUST.get(row.group, OTHERS)
        first = views[0].text if views else ""
        number = pile.add(first, row.targets, row.mask, trust, weight if views else 0, "row")
        numbers.append(number)
        seen = {first}
        for view in views:
            for text in view.scored:
                if text in seen:
                    continue
                seen.add(text)
                if row.targets[0] == 0 and row.mask[0]:
                    pile.add(text, row.targets, row.mask, trust, weight * 0.3, "part", number)
                else:
                    pile.add(text, NOBODY, NOBODY, 0, weight * 0.3, "window")
    return numbers


def add_copies(
    pile: Pile, cache: ViewCache, rows: list[Row], numbers: list[int], weight: float, rng: random.Random, kind: str
) -> None:
    """One obfuscated copy of each row: of an abusive one the nearest view, of an innocent one every view.

    A copy that is read as its original adds nothing.
    """
    disguise = lambda row: obfuscate(rng, row.text, strength=0.65 if row.targets[0] >= SUSPECT else 0.5)
    changed = views_of(cache, rows, [disguise(row) for row in rows])
    for row, number, views in zip(rows, numbers, changed):
        clean = pile.texts[number]
        texts = dict.fromkeys(view.text for view in views)
        if not texts or clean == "":
            continue
        is_suspect = row.targets[0] >= SUSPECT
        if is_suspect and clean in texts:
            continue
        trust = pile.rows[number][2]
        chosen = [nearest(views, clean)] if is_suspect else [text for text in texts if text != clean]
        for text in chosen:
            targets, mask = (row.targets, row.mask) if trust else (NOBODY, NOBODY)
            often = weight * (WEIGHTS[row.group] * (SUSPECT_OFTEN if is_suspect else 1) if trust else 1)
            pile.add(text, targets, mask, trust, often, kind, number)


def add_glued(pile: Pile, rows: list[Row], numbers: list[int], rng: random.Random) -> None:
    """Short lines without their spaces, as fragments of several messages are joined; innocent ones are many."""
    for row, number in zip(rows, numbers):
        text = pile.texts[number]
        glued = text.replace(" ", "")
        if text == glued or len(glued) > LONGEST_GLUED or (row.targets[0] == 0 and rng.random() < 0.8):
            continue
        targets, mask, trust, _, weight, _ = pile.rows[number]
        pile.add(glued, targets, mask, trust, weight * 0.3, "glued", number)


def add_neighbours(pile: Pile, cache: ViewCache, rows: list[Row], numbers: list[int], rng: random.Random) -> None:
    """Rows glued to ordinary ones, before them, behind them or both, and as many glued ordinary ones.

    A kind word without a space before an insult takes nothing away from it.
    """
    length = [len(pile.texts[number]) if row.mask[0] else 0 for row, number in zip(rows, numbers)]
    ordinary = [i for i, row in enumerate(rows) if 0 < length[i] <= LONGEST_NEIGHBOUR and not any(row.targets)]
    abusive = [i for i, row in enumerate(rows) if 0 < length[i] <= LONGEST_NEIGHBOUR and row.targets[0]]
    for chosen in (abusive, rng.sample(ordinary, min(len(ordinary), len(abusive)))):
        glued = []
        for place in chosen:
            before, behind = (rows[rng.choice(ordinary)].text for _ in range(2))
            sides = rng.choice([(before, ""), (before, ""), ("", behind), (before, behind)])
            glued.append(sides[0] + rows[place].text + sides[1])
        for place, views in zip(chosen, cache.get(glued)):
            targets, mask, trust, _, weight, _ = pile.rows[numbers[place]]
            if views:
                pile.add(views[0].text, targets, mask, trust, weight * 0.5, "glued", numbers[place])


def add_innocent(pile: Pile, cache: ViewCache, lines: list[str], weight: float, kind: str) -> None:
    """Lines of our own that are innocent in every view and window."""
    for views in cache.get(lines):
        for text in dict.fromkeys(text for view in views for text in view.scored):
            pile.add(text, NOBODY, EVERY, 1.0, weight, kind)


def plainly_disguised(rng: random.Random, line: str) -> str | None:
    """The line under one manner that changes no letter, None when the dice never showed one."""
    for _ in range(TRIES):
        name, text = obfuscate_named(rng, line)
        if name in REVERSIBLE:
            return text
    return None


def own_lines(count: int) -> list[str]:
    """Generated innocent lines without those of the list that judges the model."""
    judged = judged_keys()
    return [line for line in generate(count, 5) if simple_key(line) not in judged]


def soft_lines(data: Path, cache: ViewCache, shrink: int, rng: random.Random) -> list[str]:
    """Different unlabelled lines, none of them a validation text."""
    held = held_keys(data, cache)
    lines: dict[str, None] = {}
    for name, most in SOFT.items():
        some = list(dict.fromkeys(load_unlabelled(data, name, None if shrink == 1 else most // shrink)))
        rng.shuffle(some)
        some = some[: most // shrink]
        lines.update(
            (line, None) for line, text in zip(some, cache.canonical(some)) if "".join(text.split()) not in held
        )
    return list(lines)


def add_soft(pile: Pile, cache: ViewCache, lines: list[str], linear: Linear, rng: random.Random) -> dict:
    """Unlabelled lines and their windows, and obfuscated copies: of suspect lines many, of the others of a third."""
    texts = cache.canonical(lines)
    suspicion = 1 / (1 + np.exp(-linear.logits(texts)[:, 0]))
    known: dict[str, int] = {}
    rows, numbers = [], []
    for line, views, doubt in zip(lines, cache.get(lines), suspicion):
        if not views or views[0].text in known:
            continue
        number = known[views[0].text] = pile.add(views[0].text, NOBODY, NOBODY, 0, round(1 + 4 * float(doubt), 1), "soft")
        for view in views:
            for text in view.scored:
                if text not in known and rng.random() < 0.5:
                    known[text] = pile.add(text, NOBODY, NOBODY, 0, 0.5, "window")
        copies = COPIES if doubt >= SUSPECT else int(rng.random() < 0.3)
        rows += [Row(line, (float(doubt),), NOBODY, "soft", "soft")] * copies
        numbers += [number] * copies
    add_copies(pile, cache, rows, numbers, 0.8, rng, "soft-copy")
    return {"suspects": int((suspicion >= SUSPECT).sum())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with tokenizer.json and linear.bin")
    parser.add_argument("--shrink", type=int, default=1, help="use every n-th row only")
    parser.add_argument("--innocents", type=int, default=12_000, help="generated innocent lines")
    parser.add_argument("--seed", type=int, default=11, help="seed of augmentation and sampling")
    args = parser.parse_args()
    need_data(args.data)
    rng = random.Random(args.seed)
    cache, tokenizer = ViewCache(), load(args.work / "tokenizer.json")
    linear = Linear.load(args.work)
    train, tune = split_tune(load_train(args.data, cache)[:: args.shrink])
    pile = Pile()
    numbers = add_labelled(pile, cache, train)
    for copy in range(LABELLED_COPIES):
        # Innocent rows are many: a copy of some is enough.
        some = [i for i, row in enumerate(train) if row.targets[0] or rng.random() < 0.3]
        add_copies(pile, cache, [train[i] for i in some], [numbers[i] for i in some], 0.25, rng, "copy")
    add_glued(pile, train, numbers, rng)
    add_neighbours(pile, cache, train, numbers, random.Random(args.seed))
    innocent = own_lines(args.innocents // args.shrink)
    add_innocent(pile, cache, innocent, 0.6, "neutral")
    add_innocent(pile, cache, [obfuscate(rng, line, innocent=True) for line in innocent], 0.2, "neutral-copy")
    traps = innocent + [row.text for row in train if row.group == "own" and not row.targets[0]]
    plain = [text for line in traps if (text := plainly_disguised(rng, line)) is not None]
    add_innocent(pile, cache, plain, 0.3, "neutral-copy")
    ordinary = [row.text for row in train if row.targets[0] == 0 and row.group == "chat"]
    abusive = [row.text for row in train if row.targets[0] == 1 and row.group == "chat"]
    add_innocent(pile, cache, fragments(rng, ordinary, abusive), 0.3, "fragment")
    facts = add_soft(pile, cache, soft_lines(args.data, cache, args.shrink, rng), linear, rng)
    examples = pile.save(args.work / "examples.npz", tokenizer)
    held, chat = Pile(), [row for row in tune if row.group == "chat"]
    for row, views in zip(chat, views_of(cache, chat, [row.text for row in chat])):
        if views:
            held.add(views[0].text, row.targets, row.mask, 1.0, 1.0, row.origin)
    held.save(args.work / "tune.npz", tokenizer)
    kinds = dict(zip(*(values.tolist() for values in np.unique(examples.kinds, return_counts=True))))
    save_run(args.work, "examples", args, kinds=kinds, tune=len(chat), **facts)
    print(kinds, facts, "tune", len(chat))


if __name__ == "__main__":
    main()
