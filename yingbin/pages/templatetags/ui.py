"""Small pieces every page uses: icons, times, status, people, receipts, fields, places."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from yingbin.pages.phones import masked as masked_number
from yingbin.rules.gone import colleague

from .. import bundles
from ..placed import of_the_house

register = template.Library()

# Colour, icon and word of each status; a page may put another word or icon in their place.
STATUS = {
    "free": ("check", "空闲"),
    "receiving": ("users", "接待中"),
    "away": ("door", "外出"),
    "waiting": ("hourglass", "等待"),
    "owed": ("minus", "欠轮"),
    "make_up": ("plus", "补接"),
    "danger": ("alert", "注意"),
}
ARC = 270  # degrees of the moon gate's ring; the rest is its opening


register.simple_tag(bundles.address, name="bundle")
register.simple_tag(bundles.page_script)
register.simple_tag(of_the_house, name="house_url")


@register.simple_tag
def icon(name: str, label: str = "", more: str = "") -> SafeString:
    """An icon of the sprite; decoration unless it has a label. `more` adds classes."""
    href = f"{bundles.address('icons.svg')}#{name}"
    look = f"icon {more}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', look, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', look, href)


@register.simple_tag
def pill(status: str, text: str = "", picture: str = "") -> SafeString:
    """A status with colour, icon and word together."""
    name, word = STATUS.get(status, ("info", status))
    return format_html(
        '<span class="pill {}">{}{}</span>', status, icon(picture or name), text or word
    )


def words_since(at: datetime, now: datetime | None = None) -> str:
    """How long ago, as people say it: minutes, hours of today, yesterday, then the date."""
    now = now or timezone.now()
    seconds = int((now - at).total_seconds())
    if seconds <= -60:
        return words_until(-seconds)
    if seconds < 60:  # two clocks may differ by some seconds
        return "刚刚"
    if seconds < 3600:
        return f"{seconds // 60}分钟前"
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    days = (today - local.date()).days
    if days == 0:
        return f"{seconds // 3600}小时前"
    if days == 1:
        return f"昨天 {local:%H:%M}"
    year = f"{local.year}年" if local.year != today.year else ""
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def words_until(seconds: int) -> str:
    """How long until then."""
    if seconds < 3600:
        return f"{max(seconds // 60, 1)}分钟后"
    return f"{seconds // 3600}小时后" if seconds < 86400 else f"{seconds // 86400}天后"


def words_lasting(seconds: int) -> str:
    """How long something has lasted; the page's script says it in the same words."""
    minutes = max(seconds, 0) // 60
    if minutes == 0:
        return "不到1分"
    return f"{minutes}分" if minutes < 60 else f"{minutes // 60}时{minutes % 60:02d}分"


@register.filter
def rel(at: datetime | None) -> SafeString | str:
    """A relative time with the exact one on hover; the page keeps it current."""
    if at is None:
        return ""
    exact = timezone.localtime(at)
    return format_html(
        '<time data-rel datetime="{}" title="{}">{}</time>',
        exact.isoformat(timespec="seconds"),
        exact.strftime("%Y-%m-%d %H:%M:%S"),
        words_since(at),
    )


@register.filter
def elapsed(at: datetime | None) -> SafeString | str:
    """How long something has been going on, counted by the page."""
    if at is None:
        return ""
    exact = timezone.localtime(at)
    return format_html(
        '<time data-elapsed datetime="{}" title="{} 起">{}</time>',
        exact.isoformat(timespec="seconds"),
        exact.strftime("%H:%M"),
        words_lasting(int((timezone.now() - at).total_seconds())),
    )


@register.filter
def since(at: datetime | None) -> SafeString | str:
    """Minutes and seconds that somebody has been waited for, counted by the page."""
    if at is None:
        return ""
    gone = max(int((timezone.now() - at).total_seconds()), 0)
    exact = timezone.localtime(at)
    return format_html(
        '<time class="num" data-since datetime="{}" title="{} 起">{}</time>',
        exact.isoformat(timespec="seconds"),
        exact.strftime("%H:%M:%S"),
        f"{gone // 60}:{gone % 60:02d}",
    )


@register.filter
def countdown(until: datetime | None) -> SafeString | str:
    """Minutes and seconds left; inside `data-gone-after` the block goes when they are over."""
    if until is None:
        return ""
    left = max(int((until - timezone.now()).total_seconds()), 0)
    return format_html(
        '<span class="num" data-countdown="{}">{}</span>',
        timezone.localtime(until).isoformat(timespec="seconds"),
        f"{left // 60}:{left % 60:02d}",
    )


@register.filter
def avatar(name: str) -> SafeString:
    """A circle with what colleagues call each other by: the last two characters, or the initials."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', short_name(name) or "?")


def short_name(name: str) -> str:
    """The last two characters of the given name, which stands before the dot where there is one; initials of
    names in letters."""
    plain = name.strip().removesuffix("先生").removesuffix("女士").strip() or name.strip()
    if plain < "\u2e80":  # before the first character of Chinese
        return "".join(part[0] for part in plain.split()[:2]).upper()
    return re.split("[·•.]", plain)[0][-2:]


@register.simple_tag
def person(name: str, under: object = "") -> SafeString:
    """A person: circle, name, and a small line (role, since when) under it."""
    line = format_html("<small>{}</small>", under) if under else ""
    return format_html(
        '<span class="person">{}<span class="person-words"><b>{}</b>{}</span></span>',
        avatar(name),
        name,
        line,
    )


@register.filter
def masked(phone: str) -> SafeString | str:
    """A phone (E.164) as everyone may see it: 138****1234; the whole one takes a logged tap."""
    return format_html('<span class="phone">{}</span>', masked_number(phone)) if phone else ""


@register.filter
def of(mapping: Mapping[str, Any], key: Any) -> object:
    """Looks a key up by its text: `{{ names|of:person_id }}`."""
    return mapping.get(str(key), mapping.get(key, "")) if mapping else ""


register.filter("colleague", colleague)


@register.filter
def receipt(code: str) -> SafeString | str:
    """A receipt code as it is read out."""
    return format_html('<span class="receipt">{}</span>', code) if code else ""


@register.filter
def signature(strokes: list[list[int]], label: str = "") -> SafeString:
    """A signature drawn from its strokes: whole numbers x, y in a box of 1000 × 400."""
    way = " ".join(
        "M" + "L".join(f"{int(x)} {int(y)}" for x, y in zip(s[::2], s[1::2], strict=False))
        for s in strokes
    )
    return format_html(
        '<svg class="ink" viewBox="0 0 1000 400" role="img" aria-label="{}"><path d="{}" fill="none" '
        'stroke="currentColor" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        label,
        way,
    )


def leads_to(bound: BoundField) -> bool:
    """Whether this field is the first wrong one of its form, where the page then begins."""
    form = bound.form
    return bound.name == next((name for name in form.fields if name in form.errors), "")


@register.inclusion_tag("pages/_field.html")
def field(bound: BoundField, label: str = "", help: str = "") -> dict[str, object]:
    """A form field with label, help and its errors in plain words; what was typed stays."""
    help = help or str(bound.help_text)
    told = [("help", help), ("error", bound.errors)]
    attrs: dict[str, str | bool | None] = {
        "aria-describedby": " ".join(f"{bound.id_for_label}_{k}" for k, v in told if v) or None
    }
    if bound.errors:
        attrs["aria-invalid"] = "true"
        attrs["autofocus"] = leads_to(bound)
    return {
        "field": bound,
        "label": label or bound.label,
        "help": help,
        "widget": bound.as_widget(attrs={k: v for k, v in attrs.items() if v}),
    }


@register.inclusion_tag("pages/_choices.html")
def choices(
    bound: BoundField,
    label: str = "",
    look: Mapping[str, Mapping[str, str]] | None = None,
    big: bool = False,
    many: bool = False,
    optional: bool = False,
) -> dict[str, object]:
    """A question with big answers to tap, plain radio buttons (or boxes: `many`) underneath; `optional` says so.

    `look` gives an answer's icon and help: `{"yes": {"icon": "user-plus", "help": "…"}}`.
    """
    value = bound.value()
    chosen = {str(v) for v in value} if isinstance(value, list | tuple) else {str(value)}
    options = [
        {"value": v, "label": words, "chosen": str(v) in chosen, **((look or {}).get(str(v), {}))}
        for v, words in getattr(bound.field, "choices", [])
        if str(v)
    ]
    return {
        "field": bound,
        "label": label or bound.label,
        "help": bound.help_text,
        "options": options,
        "big": big,
        "optional": optional,
        "kind": "checkbox" if many else "radio",
        "leads": leads_to(bound),
    }


@register.inclusion_tag("pages/_stepper.html")
def stepper(
    name: str, label: str, value: int | str | None = 1, low: int = 1, high: int = 99
) -> dict[str, object]:
    """A number with minus and plus beside it."""
    number = low if value in (None, "") else value
    return {
        "id": f"id_{name}",
        "name": name,
        "label": label,
        "value": number,
        "low": low,
        "high": high,
    }


@register.inclusion_tag("pages/_empty.html")
def empty(
    icon_name: str, title: str, text: str = "", url: str = "", action: str = ""
) -> dict[str, str]:
    """An empty state that says what to do, with the one link that does it."""
    return {"icon_name": icon_name, "title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("pages/_steps.html")
def steps(now: int, *labels: str) -> dict[str, object]:
    """Where one is among a few steps; `now` counts from 1."""
    rows = [{"label": words, "now": n == now, "done": n < now} for n, words in enumerate(labels, 1)]
    return {"steps": rows}


@register.inclusion_tag("pages/_gate.html")
def place(n: int | str, total: int, above: str = "第", below: str = "位") -> dict[str, object]:
    """A place in the queue inside the moon gate; the ring closes as one moves to the front.

    A word in place of the number closes it: `{% place "您" total "下一批" "来接待" %}`.
    """
    first = n if isinstance(n, int) else 1
    near = (total - first + 1) / total if total else 0
    lit = round(ARC * min(max(near, 0), 1)) or 0.01
    return {"n": n, "lit": lit, "above": above, "below": below}


@register.inclusion_tag("pages/_gate.html")
def time_left(until: datetime, seconds: int, below: str = "", over: str = "") -> dict[str, object]:
    """A countdown inside the moon gate: `until` when, `seconds` how long it was given in all; `over`: said below
    once it has run out."""
    left = max(int((until - timezone.now()).total_seconds()), 0)
    lit = round(ARC * min(left / max(seconds, 1), 1)) or 0.01
    exact = timezone.localtime(until).isoformat(timespec="seconds")
    shown = f"{left // 60}:{left % 60:02d}"
    return {
        "n": shown,
        "lit": lit,
        "below": below if left else over or below,
        "until": exact,
        "seconds": seconds,
    }


@register.simple_tag
def progress(done: int, total: int, words: str = "") -> SafeString:
    """How far a long work has come, in figures and as a bar."""
    return format_html(
        '<div><p class="progress-words"><span>{0}</span><span class="num">{1} / {2}</span></p>'
        '<progress value="{1}" max="{2}" aria-label="{0}"></progress></div>',
        words or "进度",
        done,
        max(total, 1),
    )
