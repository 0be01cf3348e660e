"""What pages are put together from: a head, cards, forms that keep what was typed, filters, rows, one-button forms."""

from django import template
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from yingbin.journal.write import new_key

from ..forms import KeyedForm
from .ui import icon

register = template.Library()

_CARD = '<section class="{}"{}>{}{}</section>'
_FORM = '<form class="{}" method="post"{}{}>{}<div class="card-body">{}{}</div></form>'
_HEAD = '<div class="card-header"><h2{}>{}</h2>{}</div>'


_TOP = '<div class="{}">{}<h1>{}</h1>{}{}</div>'
_WHERE = '<a class="where" href="{}">{}{}</a>'


@register.simple_block_tag(takes_context=True)
def page_head(
    context: Context,
    content: str,
    title: object,
    state: object = "",
    look: str = "",
    back: str = "",
    under: object = "",
) -> str:
    """The head of a page: where it lies, its title and state, then clauses and at most one primary action.

    `{% page_head "争议" state="谁的客户，凭什么" %}{% clause "TQ-11" %}{% endpage_head %}`

    back, under: address and name of the page it lies under, where that is none of the navigation. The only way
    back that stands above a title.
    """
    said = format_html('<span class="sub">{}</span>', state) if state else ""
    return format_html(
        _TOP,
        f"page-head {look}".strip(),
        _where(context, back, under),
        title,
        said,
        mark_safe(content.strip()),
    )


def _where(context: Context, back: str, under: object) -> SafeString:
    """The way back to the page that this one lies under: the one named, else the navigation's; none on that page."""
    if back:
        return format_html(_WHERE, back, icon("chevron"), under)
    frame, request = context.get("frame"), context.get("request")
    above = frame.above(request.path) if frame is not None and request is not None else None
    if above is None:
        return mark_safe("")
    return format_html(_WHERE, above.url, icon("chevron"), above.label)


def _head(title: str, mark: str, aside: str) -> SafeString:
    if not title:
        return mark_safe("")
    name = format_html(' id="{}"', mark) if mark else ""
    more = format_html('<span class="aside">{}</span>', aside) if aside else ""
    return format_html(_HEAD, name, title, more)


def _look(more: str) -> str:
    return f"card {more}".strip()


@register.simple_block_tag
def card(content: str, title: str = "", mark: str = "", aside: str = "", look: str = "") -> str:
    """A card: `{% card "部门" "departments" aside="3 个" %}…{% endcard %}`.

    mark: names the card for those who don't see it, and in addresses; look: more classes.
    """
    named = f"h-{slugify(mark)}" if mark else ""
    by = format_html(' aria-labelledby="{}"', named) if named else ""
    return format_html(_CARD, _look(look), by, _head(title, named, aside), mark_safe(content))


@register.simple_block_tag(takes_context=True)
def form_card(
    context: Context, content: str, form: KeyedForm, title: str = "", to: str = "", look: str = ""
) -> str:
    """A card that is a form: token, key, and a refusal in words stand before what is inside.

    to: where it is posted, else to the page itself. A form with photos or files sends them along.
    """
    where = format_html(' action="{}"', to) if to else ""
    along = mark_safe(' enctype="multipart/form-data"' if form.is_multipart() else "")
    top, head = form_top(context, form), _head(title, "", "")
    return format_html(_FORM, _look(look), where, along, head, top, mark_safe(content))


@register.simple_tag(takes_context=True)
def form_top(context: Context, form: KeyedForm | None = None) -> SafeString:
    """What every form begins with: the token, its key, where to go on, and why it was refused."""
    onward = context.get("next", "")
    goes = format_html('<input type="hidden" name="next" value="{}">', onward) if onward else ""
    key = form["key"].as_widget() if form is not None else form_key()
    said = refusal(form.refused) if form is not None else ""
    return format_html("{}{}{}{}", CsrfTokenNode().render(context), key, goes, said)


@register.simple_tag
def refusal(why: str) -> SafeString:
    """Why something was refused, where the eye goes first; nothing where it wasn't."""
    if not why:
        return mark_safe("")
    said = '<div class="refused" role="alert" tabindex="-1" autofocus>{}<div>{}</div></div>'
    return format_html(said, icon("alert"), why)


@register.simple_tag
def form_key() -> SafeString:
    """The key of a form written by hand, so that a second tap is the same write."""
    return format_html('<input type="hidden" name="key" value="{}">', new_key())


@register.simple_tag(takes_context=True)
def press(
    context: Context, to: str, words: str, look: str = "btn", picture: str = "", **told: object
) -> SafeString:
    """A button that is a form of its own: `{% press url "结束" "btn btn-sm" role=a.role %}`.

    told: what it is posted with.
    """
    hidden = format_html_join("", '<input type="hidden" name="{}" value="{}">', told.items())
    button = format_html(
        '<button class="{}" type="submit">{}{}</button>',
        look,
        icon(picture) if picture else "",
        words,
    )
    return format_html(
        '<form method="post" action="{}">{}{}{}{}</form>',
        to,
        CsrfTokenNode().render(context),
        form_key(),
        hidden,
        button,
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, method: str = "get", label: str = "") -> str:
    """What narrows a list; `post` where the address must not hold what was asked for."""
    token = CsrfTokenNode().render(context) if method == "post" else ""
    auto = mark_safe(" data-auto" if method == "get" else " data-plain")
    named = format_html(' role="search" aria-label="{}"', label) if label else ""
    shell = '<form class="filters" method="{}"{}{}>{}{}</form>'
    return format_html(shell, method, auto, named, token, mark_safe(content))


@register.simple_block_tag
def row(content: str, title: str, under: str = "", look: str = "") -> str:
    """A line of a list: what it is, a small line under it, and what can be done with it."""
    small = format_html("<br><small>{}</small>", under) if under else ""
    classes = format_html(' class="{}"', look) if look else ""
    main = format_html('<span class="main"><b>{}</b>{}</span>', title, small)
    return format_html("<li{}>{}{}</li>", classes, main, mark_safe(content))
