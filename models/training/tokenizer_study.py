"""Compares ways to cut canonical text into tokens: WordPiece of 8, 16 and 30 thousand pieces, SentencePiece's unigram
model of 8 thousand, single characters, and the tokenizer that ships (syllables, jamo for the rest).

All learn from the same unlabelled lines. Unknown rate and tokens a line are of recorded chat that none of them learnt
from; average precision is of the same small CNN + BiLSTM, labels alone and one budget of draws, on held-out training
chat; speed is of the `tokenizers` library in one thread (CPU seconds).

    PYTHONPATH=models python -m training.tokenizer_study --data ../shared/data
"""

from collections.abc import Callable
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from .common import save_run
from .data import load_unlabelled
from .packed import pack
from .score import ARTIFACT
from .study import Labelled, abusive_logits, cpu_seconds, examples_of, learn, load_labelled, markdown, new_network
from .study import on_tune, start, study_flags, targets_of
from .tokenizer import SPECIAL, corpus, load
from .train import WINDOW
from .views import ViewCache

UNKNOWN = "[UNK]"
LEAST_CHARACTERS = 20  # how often a character must occur to be a token
HELD_LINES = 20_000


def isolated() -> pre_tokenizers.PreTokenizer:
    """Special tokens, then words, then punctuation and symbols apart, as BERT's tokenizer does."""
    return pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("isolated")])


def with_special(tokenizer: Tokenizer) -> Tokenizer:
    """The markers of views as tokens, never cut; canonical text is in composed form already."""
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.normalizer = normalizers.NFC()
    return tokenizer


def word_piece(lines: list[str], size: int) -> Tokenizer:
    """Whole syllables and their runs, [UNK] for words with a character that is no piece."""
    tokenizer = with_special(Tokenizer(models.WordPiece(unk_token=UNKNOWN)))
    tokenizer.pre_tokenizer = isolated()
    alphabet = size // 2  # characters are pieces too; the rarest give way to [UNK]
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=SPECIAL, limit_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def unigram(lines: list[str], size: int) -> Tokenizer:
    """SentencePiece's unigram language model over words marked by `▁`."""
    tokenizer = with_special(Tokenizer(models.Unigram()))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=SPECIAL, unk_token=UNKNOWN, show_progress=False)
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def characters(lines: list[str]) -> Tokenizer:
    """One token for each character that is no space."""
    tokenizer = with_special(Tokenizer(models.WordLevel(unk_token=UNKNOWN)))
    each = pre_tokenizers.Split(Regex("."), behavior="isolated")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), each])
    trainer = trainers.WordLevelTrainer(min_frequency=LEAST_CHARACTERS, special_tokens=SPECIAL, show_progress=False)
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


CANDIDATES: dict[str, Callable[[list[str]], Tokenizer]] = {
    "WordPiece 8k": lambda lines: word_piece(lines, 8_000),
    "WordPiece 16k": lambda lines: word_piece(lines, 16_000),
    "WordPiece 30k": lambda lines: word_piece(lines, 30_000),
    "unigram 8k": lambda lines: unigram(lines, 8_000),
    "characters": characters,
    "shipped": lambda _: load(ARTIFACT / "tokenizer.json"),
}


def coverage(tokenizer: Tokenizer, lines: list[str]) -> dict:
    """How lines come out: share of unknown tokens, share of lines with one, tokens a line."""
    unknown = tokenizer.token_to_id(UNKNOWN)
    found = [encoding.ids for encoding in tokenizer.encode_batch_fast(lines, add_special_tokens=False)]
    count = sum(map(len, found))
    return {
        "unknownTokens": f"{sum(ids.count(unknown) for ids in found) / count:.3%}",
        "linesWithUnknown": f"{sum(unknown in ids for ids in found) / len(found):.2%}",
        "tokensALine": round(count / len(found), 2),
    }


def studied(name: str, tokenizer: Tokenizer, held: list[str], labelled: Labelled, args) -> dict:
    """The row of one tokenizer."""
    path = args.work / f"tokenizer-{name.replace(' ', '-').lower()}.json"
    tokenizer.save(str(path))
    seconds = cpu_seconds(lambda: tokenizer.encode_batch_fast(held, add_special_tokens=False), runs=3)
    # A trained WordLevel leaves gaps in its ids.
    network = new_network(1 + max(tokenizer.get_vocab().values()), args.seed)
    network = learn(network, examples_of(tokenizer, labelled.fit_texts, labelled.fit), args)
    scores = abusive_logits(network, pack(tokenizer, labelled.tune_texts, WINDOW))
    return {
        "tokenizer": name,
        "pieces": tokenizer.get_vocab_size(),
        **coverage(tokenizer, held),
        "kB": round(path.stat().st_size / 1000),
        "linesASecond": round(len(held) / seconds, -2),
        **on_tune(targets_of(labelled.tune), scores),
    }


def held_lines(data: Path, cache: ViewCache, count: int) -> list[str]:
    """The last different lines of recorded chat, canonical: the tokenizers learn from the first ones."""
    lines = dict.fromkeys(load_unlabelled(data, "twitch-ko.jsonl.gz")[-2 * count :])
    return [text for text in cache.canonical(list(lines)) if text][-count:]


def main() -> None:
    args = start(study_flags(__doc__, epochs=2, draws=120_000))
    cache = ViewCache()
    lines = corpus(args.data, args.shrink)
    held = held_lines(args.data, cache, HELD_LINES // args.shrink)
    labelled = load_labelled(args.data, cache, args.shrink)
    rows = []
    for name, made in CANDIDATES.items():
        print(name, flush=True)
        rows.append(studied(name, made(lines), held, labelled, args))
        print(rows[-1], flush=True)
    save_run(args.work, "tokenizer_study", args, lines=len(lines), held=len(held), found=rows)
    print(markdown(rows))


if __name__ == "__main__":
    main()
