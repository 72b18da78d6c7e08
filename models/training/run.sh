#!/usr/bin/env bash
# Retrains both models from the data, end to end, and overwrites their artifacts and the golden files.
#
#   models/training/run.sh [--data DIR] [--work DIR] [--out MODELS] [--threads N]   some hours on two cores
#   models/training/run.sh --part prepare | learn | finish [...]   one part of it: `learn` alone needs a GPU to be fast,
#                                                    and nothing but a Python (--python PROGRAM) and the work folder;
#                                                    --gpu picks the sizes of a GPU
#   models/training/run.sh --smoke [--data DIR]      every step on a sliver of the data, in minutes, for CI;
#                                                    writes nothing into the repository
#
# Needs `npm ci && npm run build` before it (the text views) and Python 3.11 or newer. Exit 66: no data.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
data="$root/../shared/data"
work="$HOME/.cache/haechi/work"
venv="$HOME/.cache/haechi/venv"
out="$root/models"
threads=2
cnn=cnn-bilstm/6.1.0
bert=bert-small/3.1.0
smoke=
parts="prepare learn finish"
gpu=
python="$venv/bin/python"
while [ $# -gt 0 ]; do
  case "$1" in
    --data) data="$(realpath -m "$2")"; shift 2 ;;
    --work) work="$2"; shift 2 ;;
    --out) out="$2"; shift 2 ;;
    --threads) threads="$2"; shift 2 ;;
    --part) parts="$2"; shift 2 ;;
    --gpu) gpu=1; shift ;;
    --python) python="$2"; shift 2 ;;
    --smoke) smoke=1; shift ;;
    *) sed -n 2,12p "$0" >&2; exit 64 ;;
  esac
done
if [ "$parts" != learn ] && [ ! -f "$data/labelled/chat-train.jsonl" ]; then
  echo "no training data at $data: give --data a folder with labelled/ and unlabelled/" >&2
  exit 66
fi

if [ "$python" = "$venv/bin/python" ] && ! "$python" -c 'import torch, onnxruntime, tokenizers, sklearn' 2>/dev/null; then
  echo "making $venv (a few minutes and 5 GB, once)"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
fi

export PYTHONPATH="$root/models" OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=true PYTHONUNBUFFERED=1
step() {
  echo "== $1 (${SECONDS}s)"
  "$python" -m "training.$@"
}

# The learning itself, from the work folder alone: teachers of two kinds, then the two networks that ship.
learn() {
  local fine=() small=() taught=() start=encoder.pt
  if [ -n "$gpu" ]; then
    step pretrain --work "$work" --seconds 200 --width 512 --layers 8 --attention 8 --batch 512
    step pretrain --work "$work" --seconds 60 --batch 512 --out small.pt
    start=small.pt
    fine=(--epochs 3 --draws 160000 --batch 256 --rate 1.2e-4)
    small=(--epochs 12 --draws 800000 --batch 768 --rate 3e-3)
    taught=(--epochs 8 --draws 400000 --batch 512 --rate 6e-4)
  else
    step pretrain --work "$work" --seconds 3600 --threads "$threads"
    rm -f "$work/pretrain-small.run.json"
    fine=(--epochs 2 --draws 100000 --batch 64 --rate 2e-4 --threads "$threads")
    small=(--epochs 12 --draws 250000 --threads "$threads")
    taught=(--epochs 8 --draws 100000 --batch 256 --rate 6e-4 --threads "$threads")
  fi
  # On a GPU the three fit beside each other.
  local jobs=()
  for name in teacher-1 teacher-2 first; do
    if [ "$name" = first ]; then
      step train --work "$work" --epochs 3 "${small[@]:2}" --out first.pt &
    else
      step train --work "$work" --encoder encoder.pt "${fine[@]}" --dropout 0.1 --seed "${name: -1}" --out "$name.pt" &
    fi
    jobs+=($!)
    [ -n "$gpu" ] || wait "${jobs[-1]}"
  done
  for job in "${jobs[@]}"; do wait "$job"; done
  step teacher --work "$work" --network teacher-1.pt --network teacher-2.pt --network first.pt
  step train --work "$work" "${small[@]}" --taught taught.npz --start first.pt --seed 5
  step train --work "$work" --encoder "$start" "${taught[@]}" --taught taught.npz --dropout 0.05 --soft 0.5 --out bert.pt
}

# The second model's own work folder: its weights, and what it shares with the first one.
second_folder() {
  mkdir -p "$work/bert"
  rm -f "$work/bert"/*.run.json
  for name in tokenizer.json linear.json linear.bin examples.npz examples.txt.gz; do ln -sf "../$name" "$work/bert/$name"; done
  cp "$work"/*.run.json "$work/bert/"
  cp "$work/bert.pt" "$work/bert/model.pt"
  cp "$work/bert.run.json" "$work/bert/model.run.json"
}

if [ -n "$smoke" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  from=(--data "$data" --work "$work")
  tiny=(--work "$work" --epochs 1 --draws 30000 --batch 64 --rate 3e-3 --embedding 48 --filters 32 --hidden 16)
  step data --data "$data"
  step tokenizer "${from[@]}" --shrink 30 --pieces 1000
  step linear "${from[@]}" --shrink 12
  step examples "${from[@]}" --shrink 12
  step corpus "${from[@]}" --shrink 12
  step pretrain --work "$work" --seconds 8 --width 32 --layers 1 --report 20
  step train --work "$work" --encoder encoder.pt --epochs 1 --draws 2000 --batch 64 --rate 3e-4 --out teacher-1.pt
  step train "${tiny[@]}" --out first.pt
  step teacher --work "$work" --network teacher-1.pt --network first.pt
  step train "${tiny[@]}" --taught taught.npz --soft 0.3
  step train "${tiny[@]}" --shuffle-labels --out shuffled.pt
  step export --work "$work"
  step cascade "${from[@]}" --shrink 12 --sample 5000
  step thresholds "${from[@]}" --shrink 12 --sample 3000
  step evaluate "${from[@]}" --shrink 8 --sample 3000 --no-floors
  step card "${from[@]}" --out "$work/artifact"
  step train --work "$work" --encoder encoder.pt --taught taught.npz --epochs 1 --draws 2000 --batch 64 --rate 3e-4 --out bert.pt
  second_folder
  other=(--data "$data" --work "$work/bert")
  step export --work "$work/bert"
  step cascade "${other[@]}" --shrink 12 --sample 5000
  step thresholds "${other[@]}" --shrink 12 --sample 3000
  step evaluate "${other[@]}" --shrink 8 --sample 3000 --no-floors
  step second "${other[@]}" --first "$work" --shrink 12 --sample 3000 --rows 5000
  step evaluate "${other[@]}" --first "$work" --shrink 8 --sample 3000 --no-floors
  step card "${other[@]}" --out "$work/second" --after "$work/artifact"
  step golden --artifact "$work/artifact" --out "$work" --count 2000
  step smoke --work "$work"
  for study in table tokenizer_study semi; do step $study "${from[@]}" --shrink 60 --epochs 1 --draws 2000; done
  step speed "${from[@]}" --lines 200
  step quantise "${from[@]}" --artifact "$work/artifact" --shrink 12
  step spacing --data "$data" --out "$work/spacing.ts" --golden "$work/spacing.json" --shrink 20
  exit 0
fi

from=(--data "$data" --work "$work")
for part in $parts; do
  case "$part" in
    prepare)
      step data --data "$data"
      step tokenizer "${from[@]}"
      step linear "${from[@]}"
      step examples "${from[@]}"
      step corpus "${from[@]}"
      ;;
    learn) learn ;;
    finish)
      step export --work "$work"
      step cascade "${from[@]}"
      step thresholds "${from[@]}"
      step evaluate "${from[@]}"
      step card "${from[@]}" --out "$out/$cnn"
      step golden --artifact "$out/$cnn"
      second_folder
      other=(--data "$data" --work "$work/bert")
      step export --work "$work/bert"
      step cascade "${other[@]}"
      step thresholds "${other[@]}"
      step evaluate "${other[@]}"
      step second "${other[@]}" --first "$work"
      step evaluate "${other[@]}" --first "$work"
      step card "${other[@]}" --out "$out/$bert" --after "$out/$cnn"
      ;;
    *) echo "no part $part; there are prepare, learn and finish" >&2; exit 64 ;;
  esac
done
