"""Compares what unlabelled chat is worth to a small CNN + BiLSTM, within one budget of draws: labels alone, hard
pseudo-labels of a teacher's confident lines, plain distillation of its answers, and Meta Pseudo Labels.

Teachers learn from the same labels as the student: the n-gram logistic regression (other eyes than the student's) and
the network of the first row (the same eyes). Half of the draws are unlabelled lines. --labels takes a share of the
labelled rows, as semi-supervised learning is for few labels. Judged on held-out training chat.

Meta Pseudo Labels (Pham et al. 2021, arXiv 2003.10580): the student takes a step on labels that the teacher drew for
unlabelled lines; how far that step agrees with the labelled lines, the product of both gradients, rewards or punishes
the teacher for what it drew, beside the teacher's own loss on the labels. The gradients are brought to length one
first, because the student's steps (Adam) do not grow with them either, and the running mean is taken off. The teacher
starts as the network of the first row; the last quarter of the student's draws are labelled, as in the paper.

    PYTHONPATH=models python -m training.semi --data ../shared/data --labels 0.05
"""

import argparse
import copy
import random

import numpy as np
import torch
from torch import Tensor, nn

from .common import HEADS, save_run
from .data import Row
from .examples import soft_lines
from .linear import fit
from .model import masked_bce
from .packed import Examples, Packed, Rows, by_length, drop_tokens, logits_of, pack
from .score import ARTIFACT
from .study import CPU, Labelled, abusive_logits, examples_of, learn, load_labelled, markdown, new_network
from .study import on_tune, start, study_flags, targets_of
from .tokenizer import load
from .train import WINDOW, Average, rate_share
from .views import ViewCache

# The teacher's answer is a label above and below these.
SURE, SURELY_NOT = 0.9, 0.05
# Everything of SOFT in examples.py, this many times fewer lines.
UNLABELLED_SHRINK = 8
BATCH, RATE, DECAY, DROP = 384, 2e-3, 0.02, 0.06
TEACHER_RATE = 3e-4
FINE_TUNED = 0.25
HEAD_WEIGHTS = torch.tensor([3.0, 1, 1, 1, 1, 1, 1])


def sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def joined(labelled: Examples, packed: Packed, targets: np.ndarray, mask: np.ndarray) -> Examples:
    """Labelled rows and unlabelled ones with a teacher's answers; each kind gets half of the draws."""
    count = len(packed)
    even = np.full(count, labelled.weight.sum() / max(1, (mask.max(axis=1) > 0).sum()), np.float32)
    return Examples(
        np.concatenate([labelled.ids, packed.ids]),
        np.concatenate([labelled.offsets, labelled.offsets[-1] + packed.offsets[1:]]),
        np.concatenate([labelled.targets, targets.astype(np.float32)]),
        np.concatenate([labelled.mask, mask.astype(np.float32)]),
        np.ones(len(labelled) + count, np.float32),
        np.arange(len(labelled) + count, dtype=np.int32),
        np.concatenate([labelled.weight, even * (mask.max(axis=1) > 0)]),
        np.concatenate([labelled.kinds, np.full(count, "unlabelled")]),
    )


def hard(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(labels, which are known) of a teacher's probabilities, both [rows, heads]; unsure of `abusive` is no row."""
    is_known = (answers >= SURE) | (answers <= SURELY_NOT)
    return answers >= 0.5, is_known & is_known[:, :1]


def soft(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The answers as they are, all known."""
    return answers, np.ones_like(answers)


class Batches:
    """Batches without end of one length each, drawn by weight, as train.py draws them."""

    def __init__(self, packed: Packed, weight: np.ndarray, seed: int):
        self.rows, self.lengths, self.rng = Rows(packed, CPU), packed.lengths, np.random.default_rng(seed)
        self.share = weight / weight.sum()
        self.waiting: list[np.ndarray] = []

    def next(self) -> tuple[np.ndarray, Tensor, Tensor]:
        """(numbers of the rows, ids, lengths)."""
        if not self.waiting:
            draws = self.rng.choice(len(self.share), 100 * BATCH, p=self.share)
            self.waiting = [draws[places] for places in by_length(self.lengths[draws], BATCH, self.rng)]
        some = self.waiting.pop()
        ids, lengths = self.rows.batch(torch.from_numpy(some))
        return some, drop_tokens(ids, DROP), lengths


class Learner:
    """A network with its optimiser and the average of its weights."""

    def __init__(self, network: nn.Module, rate: float):
        self.network, self.rate = network.train(), rate
        self.optimiser = torch.optim.AdamW(network.parameters(), rate, weight_decay=DECAY)
        self.average = Average(network, 0.999)

    def step(self, loss: Tensor, progress: float) -> Tensor:
        """Goes down the loss; gives its gradient as one vector, before it is clipped. `progress` 0..1 sets the rate."""
        self.optimiser.param_groups[0]["lr"] = self.rate * rate_share(progress)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        gradient = torch.cat([weights.grad.flatten() for weights in self.network.parameters()])
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.average.update(self.network)
        return gradient

    def gradient(self, loss: Tensor) -> Tensor:
        """The loss's gradient as one vector, without a step."""
        return torch.cat([part.flatten() for part in torch.autograd.grad(loss, list(self.network.parameters()))])


class MetaPseudoLabels:
    """Teacher and student that learn together; `run` spends a number of draws, labelled and unlabelled ones alike."""

    def __init__(self, teacher: nn.Module, student: nn.Module, labelled: Examples, unlabelled: Packed, args):
        self.teacher, self.student = Learner(teacher, TEACHER_RATE), Learner(student, RATE)
        self.targets, self.mask = torch.from_numpy(labelled.targets), torch.from_numpy(labelled.mask)
        self.known = Batches(labelled, labelled.weight.astype(np.float64), args.seed)
        self.unknown = Batches(unlabelled, (unlabelled.lengths > 0).astype(np.float64), args.seed + 1)
        self.draws, self.spent, self.mean = args.epochs * args.draws, 0, 0.0

    def run(self) -> nn.Module:
        """The student with averaged weights."""
        while self.spent < self.draws * (1 - FINE_TUNED):
            self.both()
        while self.spent < self.draws:
            some, loss = self.loss(self.student.network)
            self.student.step(loss * len(some) / BATCH, self.spent / self.draws)
            self.spent += len(some)
        return self.student.average.model.eval()

    def loss(self, network: nn.Module, batch=None) -> tuple[np.ndarray, Tensor]:
        """(rows, masked loss) of a labelled batch."""
        some, ids, lengths = batch or self.known.next()
        return some, masked_bce(network(ids, lengths), self.targets[some], self.mask[some], HEAD_WEIGHTS)

    def both(self) -> None:
        """One step of the student on the teacher's labels, then one of the teacher."""
        batch, progress, student = self.known.next(), self.spent / self.draws, self.student
        some, ids, lengths = self.unknown.next()
        share, known_share = len(some) / BATCH, len(batch[0]) / BATCH
        logits, every = self.teacher.network(ids, lengths), torch.ones(len(some), len(HEADS))
        drawn = torch.bernoulli(torch.sigmoid(logits.detach()))
        loss_of = lambda answers: share * masked_bce(answers, drawn, every, HEAD_WEIGHTS)
        of_drawn = student.step(loss_of(student.network(ids, lengths)), progress)
        of_labels = student.gradient(self.loss(student.network, batch)[1])
        agreement = float(nn.functional.cosine_similarity(of_drawn, of_labels, dim=0))
        reward, self.mean = agreement - self.mean, 0.99 * self.mean + 0.01 * agreement
        own = known_share * self.loss(self.teacher.network, batch)[1]
        self.teacher.step(own + reward * loss_of(logits), progress)
        self.spent += len(some) + len(batch[0])


def some_labels(rows: list[Row], texts: list[str], share: float, seed: int) -> tuple[list[Row], list[str]]:
    """A random share of the labelled rows."""
    places = np.random.default_rng(seed).permutation(len(rows))[: max(1, round(share * len(rows)))]
    return [rows[i] for i in places], [texts[i] for i in places]


def study(labelled: Labelled, lines: list[str], args) -> list[dict]:
    """The rows of the table."""
    tokenizer, targets = load(ARTIFACT / "tokenizer.json"), targets_of(labelled.tune)
    rows, texts = some_labels(labelled.fit, labelled.fit_texts, args.labels, args.seed)
    examples, unlabelled = examples_of(tokenizer, texts, rows), pack(tokenizer, lines, WINDOW)
    held, found = pack(tokenizer, labelled.tune_texts, WINDOW), []
    student = lambda: new_network(tokenizer.get_vocab_size(), args.seed)

    def told(method: str, teacher: str, logits: np.ndarray) -> None:
        found.append({"method": method, "teacher": teacher} | on_tune(targets, logits))
        print(found[-1], flush=True)

    alone = learn(student(), examples, args)
    told("labels alone", "none", abusive_logits(alone, held))
    linear = fit(texts, rows, strength=3.0)
    told("(the teacher itself)", "n-gram linear", linear.logits(labelled.tune_texts)[:, 0])
    answers = {"n-gram linear": linear.logits(lines), "network of row 1": logits_of(alone, unlabelled, CPU)}
    for name, logits in answers.items():
        for method, ask in (("hard pseudo-labels", hard), ("distillation", soft)):
            taught = learn(student(), joined(examples, unlabelled, *ask(sigmoid(logits))), args)
            told(method, name, abusive_logits(taught, held))
    torch.manual_seed(args.seed)
    meta = MetaPseudoLabels(copy.deepcopy(alone), student(), examples, unlabelled, args)
    told("Meta Pseudo Labels", "network of row 1, learning", abusive_logits(meta.run(), held))
    told("(its teacher)", "", abusive_logits(meta.teacher.average.model, held))
    return found


def flags() -> argparse.ArgumentParser:
    parser = study_flags(__doc__, epochs=2, draws=120_000)
    parser.add_argument("--labels", type=float, default=1.0, help="share of the labelled rows that is known")
    return parser


def main() -> None:
    args = start(flags())
    cache = ViewCache()
    labelled = load_labelled(args.data, cache, args.shrink)
    raw = soft_lines(args.data, cache, UNLABELLED_SHRINK * args.shrink, random.Random(args.seed))
    lines = [text for text in dict.fromkeys(cache.canonical(raw)) if text]
    found = study(labelled, lines, args)
    save_run(args.work, "semi", args, rows=len(labelled.fit), unlabelled=len(lines), found=found)
    print(f"{round(args.labels * len(labelled.fit))} labelled rows, {len(lines)} unlabelled lines")
    print(markdown(found))


if __name__ == "__main__":
    main()
