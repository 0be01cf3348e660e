"""A comparison of policies as one HTML page: pictures first, figures below, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yingbin.rules.turns.simulate import Comparison, Outcome
from yingbin.rules.turns.simulate_text import caveat, day_rows, describe, heading, signed

_SERIES = 4  # colours that stay apart from one another; a fifth policy begins again
_ROW, _BAR, _NAME, _WIDE = 28, 16, 104, 560
_HEAD, _FOOT = 10, 8


def page(comparison: Comparison, title: str = "同一天的来访，换一种轮排规则") -> str:
    """The whole page. Every name and label is escaped; styles and pictures are inline."""
    body = "\n".join(
        [
            f"<header><p class='eyebrow'>轮排试算</p><h1>{escape(title)}</h1>",
            f"<p class='lede'>{escape(heading(comparison))}，"
            f"{len(comparison.people)} 位置业顾问。{escape(_verdict(comparison))}</p></header>",
            _policies(comparison),
            _gains(comparison),
            _counts(comparison),
            _figures(comparison),
            f"<footer><p>{escape(caveat(comparison))}{_METHOD}</p></footer>",
        ]
    )
    return (
        "<!doctype html>\n<html lang='zh-Hans'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_CSS}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def _verdict(comparison: Comparison) -> str:
    """Who gains and who loses most under the last policy, in one sentence."""
    last = comparison.outcomes[-1]
    gains = {who: comparison.gain(who, last) for who in comparison.people}
    if not any(gains.values()):
        return "换成后一种规则，每个人的有效接待次数都不变。"
    up = [who for who, gain in gains.items() if gain > 0]
    down = [who for who, gain in gains.items() if gain < 0]
    parts = [f"{len(up)} 人多接" if up else "", f"{len(down)} 人少接" if down else ""]
    return f"换成“{last.label}”，{'、'.join(filter(None, parts))}。"


def _policies(comparison: Comparison) -> str:
    """One card for each policy; choices that differ from the first stand out."""
    first = dict(describe(comparison.outcomes[0].policy))
    cards = []
    for place, outcome in enumerate(comparison.outcomes):
        lines = "".join(
            f"<div{' class=changed' if first[what] != which else ''}>"
            f"<dt>{escape(what)}</dt><dd>{escape(which)}</dd></div>"
            for what, which in describe(outcome.policy)
        )
        cards.append(
            f"<article class='card s{place % _SERIES}'><h3><i></i>{escape(outcome.label)}</h3>"
            f"<dl>{lines}</dl></article>"
        )
    return f"<section><h2>比的是哪些规则</h2><div class='cards'>{''.join(cards)}</div></section>"


def _gains(comparison: Comparison) -> str:
    """Gains to the right, losses to the left, for every policy but the first."""
    first, *others = comparison.outcomes
    parts = [
        f"<h3>“{escape(outcome.label)}”比“{escape(first.label)}”</h3>"
        + _gain_picture(comparison, outcome)
        for outcome in others
    ]
    return f"<section><h2>谁多接，谁少接</h2>{''.join(parts)}</section>" if parts else ""


def _gain_picture(comparison: Comparison, outcome: Outcome) -> str:
    """Bars about a middle line."""
    people = comparison.people
    most = max((abs(comparison.gain(who, outcome)) for who in people), default=0) or 1
    middle = _NAME + (_WIDE - _NAME) / 2
    unit = ((_WIDE - _NAME) / 2 - 44) / most
    rows = []
    for place, who in enumerate(people):
        gain = comparison.gain(who, outcome)
        y = _HEAD + place * _ROW
        left = middle if gain >= 0 else middle + gain * unit
        fate = "up" if gain > 0 else "down" if gain < 0 else "even"
        anchor, x = ("end", left - 8) if gain < 0 else ("start", middle + gain * unit + 8)
        rows.append(
            _label(who, y)
            + _bar(left, y, abs(gain) * unit, fate)
            + f"<text class='value {fate}' x='{x:.1f}' y='{y + 12:.1f}' text-anchor='{anchor}'>"
            f"{signed(gain)}</text>"
        )
    height = _HEAD + len(people) * _ROW + _FOOT
    axis = f"<line class='axis' x1='{middle}' x2='{middle}' y1='0' y2='{height:.0f}'/>"
    return _svg(height, axis + "".join(rows), f"{outcome.label}的增减")


def _counts(comparison: Comparison) -> str:
    """Counted receptions of each person, one bar for each policy."""
    outcomes = comparison.outcomes
    most = max((tally.counted for one in outcomes for tally in one.people.values()), default=0)
    unit = (_WIDE - _NAME - 44) / max(most, 1)
    step = _BAR * len(outcomes) + 16
    rows = []
    for place, who in enumerate(comparison.people):
        top = _HEAD + place * step
        rows.append(_label(who, top + (step - 16 - _BAR) / 2))
        for series, outcome in enumerate(outcomes):
            counted = max(outcome.people[who].counted, 0)
            y = top + series * _BAR
            rows.append(
                _bar(_NAME, y, counted * unit, f"s{series % _SERIES}", _BAR - 2)
                + f"<text class='value' x='{_NAME + counted * unit + 8:.1f}' y='{y + 10:.1f}'>"
                f"{outcome.people[who].counted}</text>"
            )
    key = "".join(
        f"<span class='s{place % _SERIES}'><i></i>{escape(outcome.label)}</span>"
        for place, outcome in enumerate(outcomes)
    )
    picture = _svg(_HEAD + len(comparison.people) * step + _FOOT, "".join(rows), "每人有效接待次数")
    return f"<section><h2>每人有效接待</h2><p class='key'>{key}</p>{picture}</section>"


def _label(who: str, y: float) -> str:
    """A name left of the bars, short enough to fit; the whole of it on hover."""
    shown = who if len(who) <= 7 else who[:6] + "…"
    return (
        f"<text class='name' x='{_NAME - 12}' y='{y + 12:.1f}' text-anchor='end'>"
        f"<title>{escape(who)}</title>{escape(shown)}</text>"
    )


def _bar(x: float, y: float, length: float, css: str, height: float = _BAR + 2) -> str:
    """One bar; a sliver where the figure is nought."""
    return (
        f"<rect class='bar {css}' x='{x:.1f}' y='{y:.1f}' rx='3' "
        f"width='{max(length, 1.5):.1f}' height='{height:g}'/>"
    )


def _svg(height: float, inner: str, title: str) -> str:
    """A picture that scales with the page and has a name for those who can't see it."""
    return (
        f"<svg viewBox='0 0 {_WIDE} {height:.0f}' role='img' aria-label='{escape(title)}'>"
        f"{inner}</svg>"
    )


def _figures(comparison: Comparison) -> str:
    """The day and every person in numbers."""
    outcomes = comparison.outcomes
    days = [
        _row(figures[0][0], [value for _, value in figures])
        for figures in zip(*map(day_rows, outcomes), strict=True)
    ]
    people = [
        _row(who, [cell for outcome in outcomes for cell in _person(outcome, who)])
        for who in comparison.people
    ]
    columns = "".join(f"<th scope='col'>{name}</th>" for name in _PERSON) * len(outcomes)
    return (
        "<section><h2>数字</h2>"
        + _table(f"<tr><th scope='col'>这一天</th>{_labels(outcomes, 1)}</tr>", days)
        + _table(
            f"<tr><th scope='col' rowspan='2'>置业顾问</th>{_labels(outcomes, len(_PERSON))}</tr>"
            f"<tr class='columns'>{columns}</tr>",
            people,
        )
        + "</section>"
    )


def _labels(outcomes: Sequence[Outcome], span: int) -> str:
    """A head over the columns of each policy."""
    return "".join(
        f"<th scope='col' colspan='{span}'>{escape(outcome.label)}</th>" for outcome in outcomes
    )


def _table(head: str, rows: list[str]) -> str:
    return (
        f"<div class='scroll'><table><thead>{head}</thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _person(outcome: Outcome, who: str) -> list[str]:
    tally = outcome.people[who]
    numbers = (tally.counted, tally.uncounted, tally.passed_over)
    return [*map(str, numbers), signed(tally.balance)]


def _row(name: str, cells: list[str]) -> str:
    values = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f"<tr><th scope='row'>{escape(name)}</th>{values}</tr>"


_PERSON = ("有效", "不计", "轮空", "结余")
_METHOD = (
    "来访时刻、每批接待的时长、愿意等候的时间、人员进出都照当天的记录；只有由谁接待按各自的规则重算。"
    "当天没有接到的客户，接待时长取当天的中位数。不计：协助、市调与核实的无关来访。"
    "轮空：被越过而排到队尾的次数。结余：剩下的补接（＋）或欠轮（−）。"
)

_CSS = """
:root{color-scheme:light dark;--ground:#f7f6f3;--paper:#fff;--ink:#1d2327;--soft:#66707a;
--line:#e4e2dc;--up:#1c7a55;--down:#b4472e;--even:#b9bec4;--s0:#8a94a0;--s1:#0f766e;--s2:#b7791f;
--s3:#6d4fb3;--mark:#fdf3dc}
@media (prefers-color-scheme:dark){:root{--ground:#14181b;--paper:#1c2125;--ink:#e9ecee;
--soft:#98a3ad;--line:#2d343a;--up:#5cc79a;--down:#f0886d;--even:#545e67;--s0:#7c8894;--s1:#4fc3b5;
--s2:#e0ac55;--s3:#a892e6;--mark:#3a3220}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 "PingFang SC",
"Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;
font-variant-numeric:tabular-nums}
main{max-width:880px;margin:0 auto;padding:clamp(24px,6vw,64px) 20px}
.eyebrow{margin:0;color:var(--s1);letter-spacing:.2em;font-size:14px}
h1{font-size:clamp(26px,5vw,38px);line-height:1.25;margin:.2em 0 .4em;font-weight:650}
h2{font-size:20px;margin:0 0 16px}h3{font-size:16px;margin:16px 0 8px;font-weight:600}
.lede{color:var(--soft);font-size:18px;margin:0 0 32px;max-width:36em}
section{background:var(--paper);border:1px solid var(--line);border-radius:16px;
padding:clamp(18px,4vw,32px);margin:0 0 20px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:16px}
.card{border:1px solid var(--line);border-top:4px solid var(--c);border-radius:12px;
padding:4px 16px 12px}
.card h3{overflow-wrap:anywhere}dl{margin:0;font-size:14px}
dl div{display:flex;justify-content:space-between;gap:12px;padding:4px 6px;border-radius:6px}
dl .changed{background:var(--mark)}dt{color:var(--soft);white-space:nowrap}
dd{margin:0;text-align:right}
.s0{--c:var(--s0)}.s1{--c:var(--s1)}.s2{--c:var(--s2)}.s3{--c:var(--s3)}
i{display:inline-block;width:10px;height:10px;border-radius:3px;background:var(--c);
margin-right:8px}
.key{display:flex;flex-wrap:wrap;gap:20px;margin:-8px 0 8px;color:var(--soft);font-size:14px}
svg{display:block;width:100%;max-width:720px;height:auto}
svg text{fill:var(--ink);font-size:14px;font-family:inherit}
.bar{fill:var(--c,var(--even))}rect.up{fill:var(--up)}rect.down{fill:var(--down)}
text.up{fill:var(--up)}text.down{fill:var(--down)}text.even{fill:var(--soft)}
.value{font-weight:600}.axis{stroke:var(--line);stroke-width:2}
.scroll{overflow-x:auto;margin-bottom:20px}.scroll:last-child{margin:0}
table{border-collapse:collapse;width:100%;font-size:15px}
th,td{padding:8px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child{text-align:left;font-weight:500}
.columns th:first-child{text-align:right}thead th{color:var(--soft);font-weight:500}
footer{color:var(--soft);font-size:14px;padding:8px 4px}
@media print{body{background:#fff}section{break-inside:avoid}}
"""
