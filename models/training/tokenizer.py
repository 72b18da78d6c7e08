"""Makes the WordPiece vocabulary from canonical text and writes tokenizer.json.

Hangul is decomposed (NFD) first, so nothing Korean is ever unknown: a frequent syllable is a piece, any other one is
spelled in jamo. No Korean piece is longer than a syllable, so that a respelled word differs from the word in the
pieces that were respelled and in no other. Latin words and runs of loose jamo are learnt as WordPiece learns them.
Every letter of the alphabet is in the vocabulary as `c` and `##c`; any other symbol is a word of its own, known when
it is frequent, kana or a frequent ideograph, else [UNK].

    PYTHONPATH=models python -m training.tokenizer --data ../shared/data --pieces 2400
"""

import argparse
import re
import unicodedata
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from .common import DATA, WORK, need_data, save_run, sha256
from .data import load_set, load_unlabelled
from .views import ViewCache

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[EMOTE]", "[USER]", "[URL]", "[TEL]", "[MONEY]"]
LETTERS = r"\x{1100}-\x{1112}\x{1161}-\x{1175}\x{11A8}-\x{11C2}\x{3131}-\x{3163}a-z0-9"
# Conjoining initials, vowels and finals, compatibility jamo, Latin letters, digits.
RANGES = [(0x1100, 0x1112), (0x1161, 0x1175), (0x11A8, 0x11C2), (0x3131, 0x3163), (0x61, 0x7A), (0x30, 0x39)]
ALPHABET = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
# Kana with their combining voice marks (NFD splits them off) and the long mark.
KANA = [chr(c) for c in [*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x3099, 0x309A, 0x30FC]]
LONGEST_WORD = 100_000
SYLLABLES = re.compile("[\uac00-\ud7a3]+")
WORD = re.compile("[\uac00-\ud7a3\u3131-\u3163a-z0-9]")
SOURCES = [("twitch-ko.jsonl.gz", 300_000), ("lck.jsonl.gz", 200_000), ("nsmc.txt.gz", 100_000)]
SOURCES += [("news-comments.txt.gz", 30_000), ("twitch-en.txt.gz", 100_000)]


def pipeline(model: models.Model) -> Tokenizer:
    """The normaliser and pre-tokeniser that src/text/wordpiece.ts mirrors; no post-processor."""
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.NFD()
    isolate = pre_tokenizers.Split(Regex(f"[^{LETTERS}]"), behavior="isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), isolate])
    return tokenizer


def corpus(data: Path, shrink: int) -> list[str]:
    """Canonical text of the unlabelled sets and of the labelled board posts and tweets; `shrink` times fewer lines."""
    cache = ViewCache()
    lines: list[str] = []
    for name, limit in SOURCES:
        lines += cache.canonical(load_unlabelled(data, name, limit // shrink))
    lines += cache.canonical(load_unlabelled(data, "board.jsonl.gz")[::shrink], "board")
    lines += cache.canonical([row.text for row in load_set(data, "english", "train")][::shrink])
    return lines


def frequent_symbols(lines: list[str], at_least: int, most: int) -> list[str]:
    """Symbols outside the alphabet (after NFD) by falling count: punctuation, emoji, ideographs."""
    known = set(ALPHABET)
    counts = Counter(
        c for line in lines for c in unicodedata.normalize("NFD", line) if not c.isspace() and c not in known
    )
    return [
        symbol
        for symbol, count in counts.most_common(most)
        if count >= at_least and not 0xE000 <= ord(symbol) <= 0xF8FF
    ]


def frequent_syllables(lines: list[str], at_least: int) -> list[str]:
    """Syllables in NFD that begin a word (`c`) or go on with one (`##c`) often enough, by falling count."""
    counts: Counter[str] = Counter()
    for line in lines:
        before = " "
        for char in line:
            if 0xAC00 <= ord(char) <= 0xD7A3:
                counts[f"##{char}" if WORD.match(before) else char] += 1
            before = char
    return [unicodedata.normalize("NFD", piece) for piece, count in counts.most_common() if count >= at_least]


def train_pieces(lines: list[str], size: int) -> list[str]:
    """Word pieces learnt from Latin letters, digits and loose jamo; syllables part words."""
    trained = pipeline(models.WordPiece(unk_token="[UNK]"))
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, min_frequency=20, special_tokens=SPECIAL, initial_alphabet=ALPHABET, show_progress=False
    )
    trained.train_from_iterator((SYLLABLES.sub(" ", line) for line in lines), trainer)
    return [piece for piece, _ in sorted(trained.get_vocab().items(), key=lambda item: item[1])]


def build(lines: list[str], pieces: int, at_least: int) -> Tokenizer:
    """A finished tokenizer: specials, alphabet twice, symbols, frequent syllables, at most `pieces` learnt pieces."""
    letters = set(ALPHABET)
    fixed = SPECIAL + ALPHABET + [f"##{c}" for c in ALPHABET]
    fixed += [s for s in dict.fromkeys(frequent_symbols(lines, 10, 1200) + KANA) if s not in letters]
    fixed += frequent_syllables(lines, at_least)
    have = set(fixed)
    bare = lambda piece: piece[2:] if piece.startswith("##") else piece
    learnt = [p for p in train_pieces(lines, pieces + 2000) if p not in have and all(c in letters for c in bare(p))]
    vocab = {piece: i for i, piece in enumerate(fixed + learnt[:pieces])}
    tokenizer = pipeline(
        models.WordPiece(
            vocab, unk_token="[UNK]", max_input_chars_per_word=LONGEST_WORD, continuing_subword_prefix="##"
        )
    )
    tokenizer.add_special_tokens([AddedToken(token, normalized=False, special=True) for token in SPECIAL])
    return tokenizer


def load(path: Path) -> Tokenizer:
    """Reads tokenizer.json with truncation and padding off."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with labelled/ and unlabelled/")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for this run's files")
    parser.add_argument("--pieces", type=int, default=2_400, help="learnt pieces of Latin letters and loose jamo")
    parser.add_argument("--at-least", type=int, default=25, help="count from which a syllable is a piece")
    parser.add_argument("--shrink", type=int, default=1, help="use n times fewer lines")
    args = parser.parse_args()
    need_data(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    lines = corpus(args.data, args.shrink)
    tokenizer = build(lines, args.pieces, max(2, args.at_least // args.shrink))
    path = args.work / "tokenizer.json"
    tokenizer.save(str(path))
    sample = tokenizer.encode_batch(lines[:20_000])
    ids = [i for encoding in sample for i in encoding.ids]
    facts = {
        "lines": len(lines),
        "vocabulary": tokenizer.get_vocab_size(),
        "tokensPerLine": round(len(ids) / len(sample), 2),
    }
    facts["unknownShare"] = round(ids.count(1) / max(1, len(ids)), 5)
    save_run(args.work, "tokenizer", args, **facts, sha256=sha256(path))
    print(facts)


if __name__ == "__main__":
    main()
