"""The long pages of the procedures: Markdown without raw HTML, clause ids turned into links."""

import re
from collections.abc import Sequence
from functools import cache

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

from . import clauses

_ID = re.compile(r"(?<![\w-])(?:TQ|SF|SC|CV|SD)-\d+(?:\.\d+)*(?![\w-])")


@cache
def page(procedure: clauses.Procedure) -> SafeString:
    """The procedure's page as HTML without its title line, rendered once a process."""
    text = (clauses.folder() / procedure.page).read_text(encoding="utf-8")
    return render(text.partition("\n")[2])


def render(markdown: str) -> SafeString:
    """Markdown as HTML that is safe to show: raw HTML in it is shown as text."""
    md = MarkdownIt("commonmark", {"html": False}).enable("table")
    md.add_render_rule("text", _text)
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", _table_close)
    # markdown-it escapes everything itself, and so do our three rules.
    return SafeString(md.render(markdown))


def ids_in(text: str) -> list[str]:
    """Everything in a text that looks like a clause id, in order."""
    return _ID.findall(text)


def _text(_: RendererProtocol, tokens: Sequence[Token], at: int, *__: object) -> str:
    return _ID.sub(_link, escape(tokens[at].content))


def _link(match: re.Match[str]) -> str:
    known = clauses.book().clauses.get(match[0])
    if known is None:
        return match[0]
    url = reverse("manual:clause", args=[known.id])
    return format_html(
        '<a class="text-nowrap" href="{}" title="{}">{}</a>', url, known.title, known.id
    )


# A wide table scrolls by itself instead of widening a phone's page.
def _table_open(*_: object) -> str:
    return '<div class="table-wrap"><table>'


def _table_close(*_: object) -> str:
    return "</table></div>"
