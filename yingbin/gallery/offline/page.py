"""The page of a case: written from its facts and its key file alone, the same bytes each time.

Whoever checks a packet writes the page anew and compares. Standard library only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from .chronicle import when
from .words import WALL

UNPROVEN = "未能核验"
_LOOK = (
    "body{font:16px/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "li{margin:0 0 1rem}p{margin:.1rem 0}.when,.proof{color:#555;font-size:.9em}"
    ".no{background:#fde8c8;color:#7a4100;padding:0 .4em;border-radius:.3em;font-size:.85em}"
    "svg{width:14rem;border-bottom:1px solid #999}table{border-collapse:collapse}"
    "td,th{text-align:left;padding:.2rem 1rem .2rem 0}"
)


def write_page(
    case: Mapping[str, Any],
    names: Mapping[str, str],
    marks: Sequence[Sequence[str]],
    known: Iterable[str],
) -> str:
    """The page: every fact in order, what can't be proven marked where it stands.

    marks: of each fact, what isn't proven. known: ids whose name the journal has committed to.
    """
    proven = set(known)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="zh-Hans"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(case['title'])}</title><style>{_LOOK}</style></head><body>",
        f"<h1>{escape(case['title'])}</h1>",
        *_head(case, names, proven),
        "<ol>",
        *(line for f, m in zip(case["facts"], marks, strict=True) for line in _fact(f, m, names)),
        "</ol>",
        *_people(names, proven),
        "</body></html>",
    ]
    return "\n".join(lines) + "\n"


def _no(what: str = "") -> str:
    return f'<span class="no">{escape(what)}{UNPROVEN}</span>'


def _head(case: Mapping[str, Any], names: Mapping[str, str], proven: set[str]) -> Iterator[str]:
    who = f"{case['customer']['called']} {case['customer']['phone']}".strip()
    yield f"<p>客户：{escape(who)} {_no('称呼和电话')}</p>"
    if case["parties"]:
        yield f"<p>当事人：{escape('、'.join(names.get(p, p) for p in case['parties']))}</p>"
    yield (
        f"<p>每一项都与记录链的那一条对过。标着{_no()}的内容，记录链里没有凭据，只是本系统的说法。</p>"
    )


def _fact(fact: Mapping[str, Any], marks: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    at = when(fact["at"]).astimezone(WALL)
    clause = f" · {escape(fact['clause'])}" if fact["clause"] else ""
    people = "".join(f" · {escape(names.get(p, p))}" for p in fact["people"])
    yield f'<li><p class="when">{at:%Y-%m-%d %H:%M:%S}{clause}</p>'
    yield f"<p>{escape(fact['title'])}{people}</p>"
    if fact["detail"]:
        yield f"<p>{escape(fact['detail'])}</p>"
    if fact["strokes"]:
        yield _ink(fact["strokes"])
    if marks:
        yield f"<p>{_no('、'.join(marks) + '：')}</p>"
    if fact["seq"] is not None:
        yield f'<p class="proof">记录链第 {fact["seq"]} 条，回执码 {escape(fact["receipt"])}</p>'
    yield "</li>"


def _ink(strokes: Sequence[Sequence[int]]) -> str:
    way = " ".join(
        "M" + "L".join(f"{int(x)} {int(y)}" for x, y in zip(s[::2], s[1::2], strict=False))
        for s in strokes
    )
    return (
        '<svg viewBox="0 0 1000 400" role="img" aria-label="签名"><path d="'
        f'{way}" fill="none" stroke="currentColor" stroke-width="8"/></svg>'
    )


def _people(names: Mapping[str, str], proven: set[str]) -> Iterator[str]:
    """Who is who: the key that turns ids into names."""
    yield "<h2>姓名对照</h2><table><tr><th>姓名</th><th>编号</th><th></th></tr>"
    for who in sorted(names):
        told = "与记录链的存证相符" if who in proven else _no("姓名")
        yield f"<tr><td>{escape(names[who])}</td><td>{escape(who)}</td><td>{told}</td></tr>"
    yield "</table>"
