"""Reads the records of a smoke run and fails when the training code has stopped to learn or learns without labels.

models/training/run.sh --smoke
"""

import argparse
from pathlib import Path

from .common import WORK, read_json


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=WORK, help="folder of the smoke run")
    args = parser.parse_args()
    learnt, shuffled = (read_json(args.work / f"{name}.run.json") for name in ("model", "shuffled"))
    base = learnt["tuneBaseRate"]
    reached, without = learnt["history"][-1]["tuneAveragePrecision"], shuffled["history"][-1]["tuneAveragePrecision"]
    print(
        f"held-out average precision {reached:.3f} with labels, {without:.3f} with shuffled labels, base rate {base:.3f}"
    )
    assert without <= base + 0.1, "shuffled labels did not collapse: labels leak into the features or the split"
    assert reached >= without + 0.15, "the network learns no more from true labels than from shuffled ones"


if __name__ == "__main__":
    main()
