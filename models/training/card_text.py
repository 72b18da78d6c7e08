"""The tables and sentences of the model card, from the records of a run."""

from pathlib import Path
from string import Template

from .common import HEADS, read_json
from .evaluate import SHARES
from .reliability import table

PAIR_TEMPLATE = "card-pair-template.md"
PAIR_DRAWING = "reliability-pair.svg"


def set_table(sets: dict) -> str:
    """The validation sets as a Markdown table."""
    head = "| set | lines | abusive | AP | F1 | best F1 | precision | recall | precision at recall 0.7 | innocents kept | linear: AP | best F1 |"
    lines = [head, "|" + "---|" * 12]
    for name, r in sets.items():
        cells = [
            name,
            r["rows"],
            r["abusive"],
            *(f"{r[k]:.3f}" for k in SHARES),
        ]
        cells += [f"{r['linear']['averagePrecision']:.3f}", f"{r['linear']['bestF1']:.3f}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def confusion_table(sets: dict) -> str:
    """True and false flags and passes for each set."""
    lines = [
        "| set | abusive, flagged | abusive, missed | innocent, flagged | innocent, passed |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {name} | {r['tp']} | {r['fn']} | {r['fp']} | {r['tn']} |" for name, r in sets.items()]
    return "\n".join(lines)


def head_table(shipped: dict, chosen: dict, sets: dict) -> str:
    """Thresholds, their flag rate on raw chat and average precision on chat-valid for each head.

    `shipped` holds `thresholds` and `boardThresholds`, `chosen` what those of chat do.
    """
    lines = [
        "| category | threshold | on boards | raw chat lines at or above it | AP on chat-valid |",
        "|---|---|---|---|---|",
    ]
    known = {"abusive": sets["chat-valid"]["averagePrecision"], **sets["chat-valid"]["heads"]}
    for head in HEADS:
        at, on_boards = shipped["thresholds"][head], shipped["boardThresholds"][head]
        cells = [
            head,
            f"{at:.2f}",
            f"{on_boards:.2f}",
            f"{chosen[head]['flagRate']:.2%}",
            known.get(head, "too few lines"),
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def board_sentence(chosen: dict) -> str:
    """How the threshold of `abusive` for board posts was chosen, with what it does."""
    found = chosen.get("abusive")
    if found is None:
        return "Too few posts were held out to set a threshold for boards: it is that of chat."
    return (
        f"On board posts it is {found['threshold']:.2f}, set on {found['posts']} held-out posts, of which "
        f"{found['abusivePosts']} are abusive, and on held-out comments: {found['innocentPostFlagRate']:.1%} of the "
        f"innocent posts and {found['innocentCommentFlagRate']:.1%} of the innocent comments are flagged."
    )


def reliability_section(found: dict, drawing: str) -> str:
    """The diagram, its figures and its table."""
    return (
        f"Expected calibration error of `abusive` {found['error']:.4f} in raw chat, "
        f"{found['errorOnHeldOutLines']:.4f} on the held-out lines as they are; the calibration was fitted on them. Each of "
        "these lines counts as often as its score occurs in raw chat; since they were picked to be hard, the lowest band "
        f"holds fewer abusive lines in truth than it does here.\n\n![Reliability of abusive]({drawing})\n\n{table(found)}"
    )


def kotox_sentence(found: dict) -> str:
    """What disguise costs, by KOTOX."""
    clean, disguised, drop = found["clean"], found["disguised"], found["dropInPoints"]
    return (
        f"KOTOX holds clean lines and disguised copies of them. At the threshold of chat recall is {clean['recall']:.3f} on "
        f"the clean lines and {disguised['recall']:.3f} on the disguised ones ({drop['recall']:.1f} points less), F1 "
        f"{clean['f1']:.3f} and {disguised['f1']:.3f} ({drop['f1']:.1f} points less)."
    )


def teacher(work: Path) -> str:
    """What taught both models, in one sentence with its figures."""
    mixed = read_json(work / "teacher.run.json")
    members = [describe(work / f"{Path(name).stem}.run.json", name) for name in mixed["flags"]["network"]]
    members.append("the linear model")
    return (
        f"{', '.join(members)} (average precision on held-out chat {', '.join(map(str, mixed['alone']))}; "
        f"together {mixed['mixed']}, by weights fitted there)"
    )


def describe(run: Path, name: str) -> str:
    """A teacher in words, from the record of its training."""
    shape = read_json(run)["shape"] if run.exists() else {}
    if "layers" in shape:
        return f"an encoder of {shape['layers']} layers of width {shape['width']}, {pretraining(run)} ({name})"
    return f"a CNN + BiLSTM ({name})"


def pretraining(run: Path) -> str:
    """How the encoder was pre-trained from which a fine-tuned one, whose record is `run`, came."""
    start = Path(read_json(run)["flags"]["encoder"]).stem
    records = [run.with_name(f"{name}.run.json") for name in (f"pretrain-{start}", "pretrain")]
    record = next((path for path in records if path.exists()), None)
    if record is None:
        return "pre-trained on unlabelled chat"
    facts = read_json(record)
    minutes, tokens = facts["flags"]["seconds"] / 60, facts["tokens"] / 1e6
    return (
        f"pre-trained for {minutes:.0f} minutes on {tokens:.0f} M tokens of unlabelled chat ({facts['epochs']} epochs, "
        f"{facts['flags']['share']:.0%} of the tokens masked)"
    )


def fill(name: str, values: dict[str, str]) -> str:
    """A template beside this file with its fields filled."""
    return Template(Path(__file__).with_name(name).read_text(encoding="utf-8")).substitute(values)


def results(report: dict, shipped: dict, chosen: dict, boards: dict, reliability: str) -> dict[str, str]:
    """The fields of a template that tell how good a model, or a pair, is."""
    probes, abusive = report["probes"], chosen["abusive"]
    return {
        "sets": set_table(report["sets"]),
        "confusion": confusion_table(report["sets"]),
        "heads": head_table(shipped, chosen, report["sets"]),
        "boards": board_sentence(boards),
        "kotox": kotox_sentence(probes["kotox"]),
        "reliability": reliability,
        "threshold": f"{abusive['threshold']:.2f}",
        "fpr": f"{abusive['innocentFlagRate']:.2%}",
        "flag_rate": f"{probes['rawChatFlagRate']:.2%}",
        "lookalikes": probes["lookalikes"],
        "wrong": probes["lookalikesFlagged"],
        "lookalike_rate": f"{probes['lookalikeRate']:.1%}",
    }


def pair_section(work: Path, after: str) -> str:
    """The card's section about this model behind another one."""
    report, facts, section = (read_json(work / f"{name}.json") for name in ("report-pair", "second.run", "second"))
    held = facts["heldOutChat"]
    reliability = reliability_section(facts["reliability"], PAIR_DRAWING)
    manners = {name: f"{held[name]['averagePrecision']:.3f}" for name in ("first", "second", "everyRow", "pair")}
    band = {key: f"{value:.2f}" for key, value in section["band"].items()}
    shares = ", ".join(f"{head} {value:.2f}" for head, value in section["share"].items())
    asked = {key: f"{facts[key]:.1%}" for key in ("askedOfRaw", "askedOfCopies", "askedOfReplay")}
    counts = {key: facts[key] for key in ("lost", "differing", "flagged")}
    fields = results(report, section, facts["chosen"], facts["chosenForBoards"], reliability)
    return (
        "\n\n"
        + fill(PAIR_TEMPLATE, fields | manners | band | asked | counts | {"after": after, "shares": shares}).rstrip()
    )
