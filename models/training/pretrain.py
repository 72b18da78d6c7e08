"""Pre-trains the encoder on unlabelled chat: a fifth of the tokens is hidden and has to be guessed.

Lines follow each other as they were written, [SEP] between them, cut into blocks of 64 tokens. The budget is a time:
the learning rate follows the clock. Minutes on a GPU, an hour for a small encoder on two cores.

    PYTHONPATH=models python -m training.pretrain --work ~/.cache/haechi/work --seconds 240
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch

from .common import WORK, save_run
from .encoder import Encoder, EncoderShape, load_encoder
from .packed import MASKED, is_half_faster, pick_device
from .tokenizer import load
from .train import rate_share

BLOCK = 64


def hide(ids: torch.Tensor, vocabulary: int, share: float) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids with a share of the tokens replaced, which places were): 80 % by [MASK], 10 % at random, 10 % not."""
    draw = torch.rand(ids.shape, device=ids.device)
    wanted = (draw < share) & (ids > 9)
    random = torch.randint(10, vocabulary, ids.shape, device=ids.device, dtype=ids.dtype)
    hidden = torch.where(wanted & (draw < share * 0.8), MASKED, ids)
    return torch.where(wanted & (draw >= share * 0.9), random, hidden), wanted


def learn(model: Encoder, blocks: torch.Tensor, args, device: torch.device) -> dict:
    """Trains until the time is up; gives steps, tokens, epochs and the loss every `args.report` steps."""
    optimiser = torch.optim.AdamW(model.parameters(), args.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    is_half = is_half_faster(device)
    began, steps, losses = time.monotonic(), 0, []
    progress = 0.0
    while progress < 1:
        for some in torch.randperm(len(blocks), device=device).split(args.batch):
            progress = (time.monotonic() - began) / args.seconds
            if progress >= 1:
                break
            optimiser.param_groups[0]["lr"] = args.rate * rate_share(progress)
            ids = blocks[some].int()
            hidden, wanted = hide(ids, model.shape.vocabulary, args.share)
            with torch.autocast(device.type, torch.bfloat16, enabled=is_half):
                loss = torch.nn.functional.cross_entropy(model.words(hidden, wanted).float(), ids[wanted].long())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            steps += 1
            if steps % args.report == 0:
                losses.append(round(float(loss.detach()), 4))
                print(f"{progress:.0%} step {steps} loss {losses[-1]}", flush=True)
    tokens = steps * args.batch * BLOCK
    return {"steps": steps, "tokens": tokens, "epochs": round(tokens / blocks.numel(), 2), "losses": losses}


def flags() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder with tokenizer.json and corpus.npz")
    parser.add_argument("--start", help="encoder in the work folder to go on from, in its own sizes")
    parser.add_argument("--out", default="encoder.pt", help="name of the weights file to write there")
    parser.add_argument("--seconds", type=float, default=3_600, help="how long to train")
    parser.add_argument("--batch", type=int, default=64, help="blocks a step")
    parser.add_argument("--rate", type=float, default=7e-4, help="highest learning rate")
    parser.add_argument("--share", type=float, default=0.2, help="share of tokens hidden")
    parser.add_argument("--width", type=int, default=256, help="size of the states")
    parser.add_argument("--layers", type=int, default=4, help="layers")
    parser.add_argument("--attention", type=int, default=4, help="attention heads")
    parser.add_argument("--report", type=int, default=200, help="steps between two reports")
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch on a CPU")
    parser.add_argument("--device", default="auto", help="cpu, cuda or auto")
    parser.add_argument("--seed", type=int, default=17, help="seed of weights, order and hiding")
    return parser


def main() -> None:
    args = flags().parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    device = pick_device(args.device)
    vocabulary = load(args.work / "tokenizer.json").get_vocab_size()
    with np.load(args.work / "corpus.npz") as saved:
        ids = torch.from_numpy(saved["ids"])
    blocks = ids[: len(ids) // BLOCK * BLOCK].view(-1, BLOCK).to(device)
    if args.start:
        model = load_encoder(args.work / args.start, dropout=0.0).to(device).train()
    else:
        model = Encoder(EncoderShape(vocabulary, args.width, args.layers, args.attention, BLOCK), dropout=0.0).to(device)
    facts = learn(model, blocks, args, device)
    weights = {name: value.half().cpu() for name, value in model.state_dict().items()}
    torch.save({"shape": model.shape.to_json(), "weights": weights}, args.work / args.out)
    name = Path(args.out).stem
    save_run(args.work, "pretrain" if name == "encoder" else f"pretrain-{name}", args, **facts)
    print(facts)


if __name__ == "__main__":
    main()
