#!/usr/bin/env bash
# Retrains cnn-bilstm from the data, end to end, and overwrites its artifact and the tokenizer's golden file.
#
#   models/training/run.sh [--data DIR] [--work DIR] [--out DIR] [--threads N]   about an hour on two cores
#   models/training/run.sh --smoke [--data DIR]      every step on a sliver of the data, under three minutes, for CI;
#                                                    writes nothing into the repository
#
# Needs `npm ci && npm run build` before it (the text views) and Python 3.11 or newer. Exit 66: no data.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
data="$root/../shared/data"
work="$HOME/.cache/haechi/work"
venv="$HOME/.cache/haechi/venv"
out="$root/models/cnn-bilstm/1.0.0"
threads=2
smoke=
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data="$(realpath -m "$2")"; shift 2 ;;
    --work) work="$2"; shift 2 ;;
    --out) out="$2"; shift 2 ;;
    --threads) threads="$2"; shift 2 ;;
    --smoke) smoke=1; shift ;;
    *) sed -n 2,8p "$0" >&2; exit 64 ;;
  esac
done
if [ ! -f "$data/labelled/chat-train.jsonl" ]; then
  echo "no training data at $data: give --data a folder with labelled/ and unlabelled/" >&2
  exit 66
fi

if ! "$venv/bin/python" -c 'import torch, onnxruntime, tokenizers, sklearn' 2>/dev/null; then
  echo "making $venv (a few minutes and 5 GB, once)"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi

export PYTHONPATH="$root/models" OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=true
step() {
  echo "== $1 (${SECONDS}s)"
  "$venv/bin/python" -m "training.$@"
}
from=(--data "$data" --work "$work")

if [ -n "$smoke" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  from=(--data "$data" --work "$work")
  tiny=(--work "$work" --epochs 1 --draws 30000 --batch 64 --rate 3e-3 --embedding 48 --filters 32 --hidden 16)
  step data --data "$data"
  step tokenizer "${from[@]}" --shrink 30 --size 4000
  step baseline "${from[@]}" --shrink 12
  step examples "${from[@]}" --shrink 12
  step teacher "${from[@]}"
  step train "${tiny[@]}" --soft 0.3
  step train "${tiny[@]}" --soft 0 --shuffle-labels --out shuffled.pt
  step export --work "$work"
  step thresholds "${from[@]}" --shrink 12 --sample 3000
  step evaluate "${from[@]}" --shrink 8 --sample 3000 --no-floors
  step card "${from[@]}" --out "$work/artifact"
  step golden --artifact "$work/artifact" --out "$work/golden.jsonl.gz" --count 2000
  step smoke --work "$work"
  exit 0
fi

step data --data "$data"
step tokenizer "${from[@]}"
step baseline "${from[@]}"
step examples "${from[@]}"
step teacher "${from[@]}"
step train --work "$work" --threads "$threads" --epochs 3 --draws 200000 --out first.pt
step teacher "${from[@]}" --network first.pt
step train --work "$work" --threads "$threads" --epochs 15 --start first.pt --soft 0.55 --seed 5
step export --work "$work"
step thresholds "${from[@]}"
step evaluate "${from[@]}"
step card "${from[@]}" --out "$out"
step golden --artifact "$out"
