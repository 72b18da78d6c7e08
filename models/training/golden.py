"""Writes the golden files that prove the TypeScript tokenizer and linear model: generated lines with Hugging Face's ids,
and with the logits that linear.py gives them.

One seeded generator, never a data row. Lines look as they do after canonicalising: lower case, NFC, special tokens
as [EMOTE] and the like. Ids: one JSON array a line, [text, [ids]]; the first line is {"tokenizer": sha256, "lines": n}.
Logits: {"linear": sha256, "lines": [{"text", "logits"}]}, special tokens as the worker's code points.

    PYTHONPATH=models python -m training.golden --artifact models/cnn-bilstm/6.1.0
"""

import argparse
import gzip
import json
import random
import unicodedata
from pathlib import Path

from .common import REPOSITORY, read_json, sha256, write_json
from .grams import compact
from .linear import Linear
from .score import ARTIFACT
from .tokenizer import load

OUT = REPOSITORY / "test" / "fixtures"
STEMS = "오늘 방송 진짜 너무 재밌다 게임 시작 하자 다시 보고 사람 이거 왜 안돼 그냥 사랑 친구 학교 바다 하늘 먹자 자자 우리 나라".split()
ENDINGS = "은 는 이 가 을 를 요 네 다 ㅋㅋ 지 냐 라고 까지 부터 했는데 하네 임 인데 에서".split()
LATIN = (
    "gg the you stream nice play wp lol omg chat game hello first win team go ez nt kekw pog what is 4k lck t1".split()
)
SPECIALS = ["[EMOTE]", "[USER]", "[URL]", "[TEL]", "[MONEY]"]
# Looks like a special token and is not one.
DECOYS = ["[emote]", "[user]", "[ emote]", "[pad]", "[[EMOTE]]", "[url", "emote]"]
EMOJI = ["😀", "👨‍👩‍👧", "👍🏽", "🇰🇷", "❤️", "🏳️‍🌈", "🤣", "🔥", "⭐", "✌", "🫠", "🧑‍💻", "1️⃣"]
SYMBOLS = list("!?.,~^-_=+*/\\|@#$%&()[]{}<>:;'\"`…·“”‘’♡♥★☆→←♪°×÷–—₩€£¥¿¡§¶†‡•")
FOREIGN = list("あいうがぱアイガパー漢字日本語中文你好笑草死神привет שלום سلام ไทย ñéüßœøåçāǖ") + [
    "ｶﾞ",
    "ﷺ",
    "ẞ".lower(),
    "𝒜",
    "𐍈",
    "ꙮ",
    "각",
    "ힰ",
]
JAMO = [
    chr(c) for c in [*range(0x3131, 0x3164), *range(0x1100, 0x1113), *range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]
]


def syllables(rng: random.Random) -> str:
    """Up to six syllables drawn from all 11,172."""
    return "".join(chr(0xAC00 + rng.randrange(11_172)) for _ in range(rng.randint(1, 6)))


def word(rng: random.Random) -> str:
    """A plausible Korean word, now and then joined to another."""
    return rng.choice(STEMS) + rng.choice(ENDINGS) + (rng.choice(STEMS) if rng.random() < 0.2 else "")


def mixed(rng: random.Random) -> str:
    """Hangul, jamo, digits, Latin and symbols glued together: what insertion into words looks like."""
    parts = [*STEMS, *ENDINGS, *SYMBOLS, *EMOJI, *JAMO, *FOREIGN, *"0123456789abcxyz"]
    return "".join(rng.choice(parts) for _ in range(rng.randint(2, 7)))


def run(rng: random.Random) -> str:
    """One unit repeated, sometimes for a long time."""
    unit = rng.choice(
        ["ㅋ", "ㅎ", "ㅠ", "ㅋㅎ", "아", "하", "!", "?", ".", "a", "7", "😀", "가나", "[EMOTE]", "ᄀ", "각"]
    )
    return unit * rng.choice([2, 2, 3, 5, 8, 20, 60])


def jamo(rng: random.Random) -> str:
    """Loose jamo, compatibility and conjoining ones."""
    return "".join(rng.choice(JAMO) for _ in range(rng.randint(1, 5)))


def latin(rng: random.Random) -> str:
    """An English word, a number or random letters."""
    letters = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(1, 9)))
    return rng.choice([rng.choice(LATIN), letters, str(rng.randrange(10_000)), letters + str(rng.randrange(100))])


def pick(rng: random.Random) -> str:
    """One chunk of a line; words are the most frequent kind."""
    makers = [word, word, word, syllables, syllables, mixed, latin, latin, jamo, run]
    lists = [SPECIALS, EMOJI, SYMBOLS, FOREIGN, DECOYS]
    choice = rng.randrange(len(makers) + len(lists))
    return makers[choice](rng) if choice < len(makers) else rng.choice(lists[choice - len(makers)])


def line(rng: random.Random) -> str:
    """One line: chunks with the gaps people type, rarely odd spaces."""
    gaps = ["", "", " ", " ", " ", "  ", "\u3000", "\u00a0", "\t", "\u2003"] if rng.random() < 0.1 else ["", " ", " "]
    out = rng.choice(gaps)
    for _ in range(rng.choice([1, 1, 2, 2, 3, 4, 5, 8])):
        out += pick(rng) + rng.choice(gaps)
    return unicodedata.normalize("NFC", out)


def generate(count: int, seed: int) -> list[str]:
    """`count` different lines, the empty one and a lone space among them; the same for the same seed."""
    rng = random.Random(seed)
    lines = dict.fromkeys(["", " ", "[EMOTE]", "[UNK]", "##가", "# #", "가" * 2_000, "ㅋ" * 2_000])
    while len(lines) < count:
        lines[line(rng)] = None
    return list(lines)


def write_ids(artifact: Path, path: Path, lines: list[str]) -> None:
    """The lines with their token ids."""
    tokenizer = load(artifact / "tokenizer.json")
    rows = [json.dumps({"tokenizer": sha256(artifact / "tokenizer.json"), "lines": len(lines)})]
    for text, encoding in zip(lines, tokenizer.encode_batch(lines)):
        rows.append(json.dumps([text, encoding.ids], ensure_ascii=False, separators=(",", ":")))
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as packed:
        packed.write(("\n".join(rows) + "\n").encode())


def write_logits(artifact: Path, path: Path, lines: list[str]) -> None:
    """The lines with their linear logits."""
    table = artifact / "linear.bin"
    logits = Linear.of(table, read_json(artifact / "manifest.json")["linear"]).logits(lines)
    rows = [{"text": compact(text), "logits": [round(float(x), 5) for x in row]} for text, row in zip(lines, logits)]
    write_json(path, {"linear": sha256(table), "lines": rows}, indent=None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--artifact", type=Path, default=ARTIFACT, help="folder with tokenizer.json and linear.bin")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the golden files")
    parser.add_argument("--count", type=int, default=52_000, help="lines with ids")
    parser.add_argument("--logits", type=int, default=600, help="lines with logits")
    parser.add_argument("--seed", type=int, default=20_260, help="seed of the generator")
    args = parser.parse_args()
    lines = generate(args.count, args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    write_ids(args.artifact, args.out / "tokenizer-golden.jsonl.gz", lines)
    short = [text for text in lines if len(text) < 100][: args.logits]
    write_logits(args.artifact, args.out / "linear-golden.json", short)
    print(f"{args.out}: {len(lines)} lines with ids, {len(short)} with logits")


if __name__ == "__main__":
    main()
