"""How often a calibrated probability is right: ten bands of it against what was observed, and the drawing for the card.

Held-out lines were picked to be hard. Each counts as many raw chat lines as stand for it in its narrow band of score,
so that the diagram speaks of chat as it comes.
"""

import numpy as np

BANDS = 10
# Most of chat scores next to nothing: narrow bands there, of which each has its own weight.
NARROW = np.concatenate([[0.003, 0.01, 0.03], np.arange(1, 20) / 20])
SIZE, LEFT, TOP = 320, 64, 20
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #1f2328 }
  .small { font-size: 10px }
  .axis { stroke: #1f2328; fill: none }
  .grid, .even { stroke: #8c959f; stroke-width: .5 }
  .even { stroke-width: 1; stroke-dasharray: 4 4 }
  .seen { fill: #0969da; fill-opacity: .35; stroke: #0969da }
  .said { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .axis { stroke: #e6edf3 } .seen { fill: #58a6ff; stroke: #58a6ff } .said { fill: #f0883e }
  }
"""


def chat_weights(scores: np.ndarray, raw: np.ndarray) -> np.ndarray:
    """For each held-out score how many raw chat lines it stands for, float64 [rows]; all add up to about len(raw)."""
    of, found = np.digitize(scores, NARROW), np.digitize(raw, NARROW)
    held, chat = (np.bincount(values, minlength=len(NARROW) + 1) for values in (of, found))
    return (chat / np.maximum(held, 1))[of]


def reliability(targets: np.ndarray, scores: np.ndarray, raw: np.ndarray) -> dict:
    """Ten bands of a head's probability on held-out lines, their errors weighted as in chat and unweighted.

    `targets` and `scores` [rows] of labelled lines, `raw` [lines] scores of raw chat. A band has `lines` labelled ones,
    its `share` of raw chat, the mean probability `said` and the share `observed` of abusive ones, both None where no
    line counts. `error` is the expected calibration error: |said - observed| over bands, weighted by their share.
    """
    weights = chat_weights(scores, raw)
    place = np.minimum((scores * BANDS).astype(int), BANDS - 1)
    bands = [_band(number, targets, scores, weights, place == number) for number in range(BANDS)]
    plain = [abs(float((scores - targets)[place == number].sum())) / len(scores) for number in range(BANDS)]
    gaps = [band["share"] * abs(band["said"] - band["observed"]) for band in bands if band["said"] is not None]
    base = float((weights * targets).sum() / weights.sum())
    return {
        "bands": bands,
        "error": round(sum(gaps), 5),
        "errorOnHeldOutLines": round(sum(plain), 5),
        "baseRate": round(base, 5),
    }


def _band(number: int, targets, scores, weights, inside: np.ndarray) -> dict:
    """One band, of the lines that are `inside`."""
    total = float(weights[inside].sum())
    mean = lambda values: round(float((weights * values)[inside].sum()) / total, 4) if total else None
    return {
        "from": number / BANDS,
        "lines": int(inside.sum()),
        "abusive": int(targets[inside].sum()),
        "share": round(total / float(weights.sum()), 6),
        "said": mean(scores),
        "observed": mean(targets),
    }


def table(found: dict) -> str:
    """The bands as a Markdown table."""
    lines = [
        "| probability | held-out lines | share of raw chat | mean probability | abusive |",
        "|---|---|---|---|---|",
    ]
    for band in found["bands"]:
        low = band["from"]
        means = ("", "") if band["said"] is None else (f"{band['said']:.1%}", f"{band['observed']:.1%}")
        cells = [f"{low:.1f} to {low + 1 / BANDS:.1f}", f"{band['lines']:,}", f"{band['share']:.3%}", *means]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def draw(found: dict, title: str) -> str:
    """An SVG of the bands: bars are what was observed, dots what was said; it suits light and dark pages."""
    across = lambda share: LEFT + share * SIZE
    down = lambda share: TOP + (1 - share) * SIZE
    marks = [f'<path class="axis" d="M{LEFT} {TOP}v{SIZE}h{SIZE}"/>']
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        marks.append(f'<path class="grid" d="M{LEFT} {down(tick):.0f}h{SIZE}"/>')
        marks.append(f'<text x="{LEFT - 8}" y="{down(tick) + 4:.0f}" text-anchor="end">{tick:.1f}</text>')
        marks.append(f'<text x="{across(tick):.0f}" y="{TOP + SIZE + 18}" text-anchor="middle">{tick:.1f}</text>')
    marks.append(f'<path class="even" d="M{LEFT} {TOP + SIZE}L{LEFT + SIZE} {TOP}"/>')
    for band in found["bands"]:
        marks += _bar(band, across, down)
    middle, bottom = TOP + SIZE / 2, TOP + SIZE
    legend = "bars: share observed; dots: mean probability; numbers: held-out lines"
    marks += [
        f'<text x="{across(0.5):.0f}" y="{bottom + 36}" text-anchor="middle">calibrated probability</text>',
        f'<text x="{(LEFT + SIZE + 20) / 2:.0f}" y="{bottom + 52}" class="small" text-anchor="middle">{legend}</text>',
        f'<text transform="translate(18 {middle:.0f}) rotate(-90)" text-anchor="middle">share that is abusive</text>',
    ]
    width, height = LEFT + SIZE + 20, bottom + 62
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img">\n<title>{title}</title>\n<style>{STYLE}</style>\n' + "\n".join(marks) + "\n</svg>\n"
    )


def _bar(band: dict, across, down) -> list[str]:
    """The marks of one band: its bar, its dot and how many lines it holds."""
    left, width = across(band["from"]), SIZE / BANDS
    centre = left + width / 2
    if band["said"] is None:
        return [
            f'<text class="small" x="{centre:.0f}" y="{down(0) - 4:.0f}" text-anchor="middle">{band["lines"]}</text>'
        ]
    top = down(band["observed"])
    above = min(top, down(band["said"])) - 7
    return [
        f'<rect class="seen" x="{left + 2:.1f}" y="{top:.1f}" width="{width - 4:.1f}" height="{down(0) - top:.1f}"/>',
        f'<circle class="said" cx="{across(band["said"]):.1f}" cy="{down(band["said"]):.1f}" r="3"/>',
        f'<text class="small" x="{centre:.0f}" y="{above:.0f}" text-anchor="middle">{band["lines"]}</text>',
    ]
