"""Trains what a network that ships has to beat, from labels alone and within one budget: n-gram logistic regression,
CNN, BiLSTM, CNN + BiLSTM, and the shipped architecture (with its n-gram tables and shared parts); asks the word lists
of other filters.

The networks see canonical rows only, no copies, no unlabelled line, no teacher. Weights stay in the work folder as
`baseline-<name>.pt` and are used again while rows, tokenizer and budget are the same.

    PYTHONPATH=models python -m training.baselines --data ../shared/data --draws 200000
"""

import json
import subprocess
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from .common import REPOSITORY, digest, read_json, save_run, write_json
from .linear import Linear, fit
from .model import CnnBilstm, Shape
from .packed import pack
from .pieces import shared_parts
from .score import ARTIFACT
from .study import Labelled, Network, abusive_logits, examples_of, learn, load_labelled, markdown, on_tune
from .study import start, study_flags, targets_of
from .tokenizer import load
from .train import WINDOW
from .views import ViewCache

# Name: has convolutions, has a BiLSTM.
PLAIN = {"CNN": (True, False), "BiLSTM": (False, True), "CNN + BiLSTM": (True, True)}
WIDE = "CNN + BiLSTM + n-gram tables"
STRENGTH = 3.0
PEERS = REPOSITORY / "dist" / "test" / "bench" / "robust" / "peers.js"
# The same filters as the robust benchmark, on standard input's texts: {name: {flags, seconds for `some` texts}}.
ASK_PEERS = """
import { readFileSync } from 'node:fs'
const { koreanPeers, englishPeers } = await import(process.argv[1])
const { texts, some } = JSON.parse(readFileSync(0, 'utf8'))
const answers = {}
for (const peer of [...koreanPeers(), ...englishPeers()]) {
  const found = await peer.judge(texts)
  const runs = []
  for (let run = 0; run < 7; run += 1) {
    const began = performance.now()
    await peer.judge(some)
    runs.push((performance.now() - began) / 1000)
  }
  const seconds = runs.toSorted((a, b) => a - b)[3]
  answers[peer.name] = { flags: texts.map((text) => (found.get(text).isFlagged ? 1 : 0)), seconds }
}
process.stdout.write(JSON.stringify(answers))
"""


@dataclass(frozen=True)
class WordList:
    """What a filter of words says of raw texts, int [texts], and its seconds for the sample."""

    flags: np.ndarray
    seconds: float


def word_lists(texts: list[str], some: list[str]) -> dict[str, WordList]:
    """The filters of test/bench/robust/peers.ts by name, and `any of them`; RuntimeError when Node fails."""
    if not PEERS.exists():
        raise SystemExit(f"{PEERS} is missing: run `npm ci && npm run build` first")
    done = subprocess.run(
        ["node", "--input-type=module", "-e", ASK_PEERS, PEERS.as_uri()],
        input=json.dumps({"texts": texts, "some": some}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the word lists of {PEERS} failed: {done.stderr[-500:]}")
    found = {n: WordList(np.array(a["flags"]), a["seconds"]) for n, a in json.loads(done.stdout).items()}
    together = np.max([one.flags for one in found.values()], axis=0)
    return found | {"any of them": WordList(together, sum(one.seconds for one in found.values()))}


def fresh(name: str, tokenizer: Tokenizer, seed: int) -> nn.Module:
    """An untrained network of the baseline's kind."""
    torch.manual_seed(seed)
    if name != WIDE:
        return Network(tokenizer.get_vocab_size(), *PLAIN[name])
    ids, offsets, count = shared_parts(tokenizer)
    return CnnBilstm(Shape(tokenizer.get_vocab_size(), parts=count), 0.3, (ids, offsets))


def rows_digest(labelled: Labelled) -> str:
    """Changes whenever a row to learn from does."""
    return digest(json.dumps([[text, *row.targets] for text, row in zip(labelled.fit_texts, labelled.fit)]))


def trained(name: str, labelled: Labelled, tokenizer: Tokenizer, args) -> nn.Module:
    """The baseline's network from the work folder, trained first where there is none of this stamp."""
    path = args.work / f"baseline-{name.replace(' + ', '-').replace(' ', '-').lower()}.pt"
    wanted = {"epochs": args.epochs, "draws": args.draws, "seed": args.seed}
    wanted |= {"rows": rows_digest(labelled), "tokenizer": digest(tokenizer.to_str())}
    network = fresh(name, tokenizer, args.seed)
    saved = torch.load(path, weights_only=True) if path.exists() else None
    if saved is None or saved["stamp"] != wanted:
        print(f"{name}: {args.epochs} epochs of {args.draws} draws", flush=True)
        network = learn(network, examples_of(tokenizer, labelled.fit_texts, labelled.fit), args)
        torch.save({"stamp": wanted, "weights": network.state_dict()}, path)
    else:
        network.load_state_dict(saved["weights"])
    return network.folded() if name == WIDE else network.eval()


def trained_linear(labelled: Labelled, args) -> Linear:
    """The n-gram logistic regression on the same rows, as linear.py fits and stores it (8 bits a weight)."""
    folder, wanted = args.work / "baseline-linear", {"rows": rows_digest(labelled)}
    if not (folder / "stamp.json").exists() or read_json(folder / "stamp.json") != wanted:
        print("n-gram logistic regression", flush=True)
        fit(labelled.fit_texts, labelled.fit, STRENGTH).save(folder)
        write_json(folder / "stamp.json", wanted)
    return Linear.load(folder)


def main() -> None:
    args = start(study_flags(__doc__, epochs=3, draws=200_000))
    labelled, tokenizer = load_labelled(args.data, ViewCache(), args.shrink), load(ARTIFACT / "tokenizer.json")
    targets, packed = targets_of(labelled.tune), pack(tokenizer, labelled.tune_texts, WINDOW)
    linear = trained_linear(labelled, args).logits(labelled.tune_texts)[:, 0]
    rows = [{"baseline": "n-gram logistic regression"} | on_tune(targets, linear)]
    for name in (*PLAIN, WIDE):
        rows.append(
            {"baseline": name} | on_tune(targets, abusive_logits(trained(name, labelled, tokenizer, args), packed))
        )
    save_run(args.work, "baselines", args, rows=len(labelled.fit), tune=len(labelled.tune), found=rows)
    print(markdown(rows))


if __name__ == "__main__":
    main()
