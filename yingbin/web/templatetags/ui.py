"""Small pieces every page uses: icons, times, status, people, receipts, fields."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

STATUS = {
    "free": ("check", "空闲"),
    "receiving": ("users", "接待中"),
    "away": ("door", "外出"),
    "waiting": ("clock", "等待"),
    "owed": ("minus", "欠轮"),
    "make_up": ("plus", "补接"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decoration unless it has a label."""
    href = f"{static('web/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def pill(status: str, text: str = "") -> SafeString:
    """A status with colour, icon and word together."""
    name, word = STATUS.get(status, ("info", status))
    return format_html('<span class="pill {}">{}{}</span>', status, icon(name), text or word)


def words_since(at: datetime, now: datetime | None = None) -> str:
    """How long ago, as people say it; days ago as a date."""
    seconds = int(((now or timezone.now()) - at).total_seconds())
    if seconds < 0:
        return words_until(-seconds)
    if seconds < 60:
        return "刚刚"
    if seconds < 3600:
        return f"{seconds // 60}分钟前"
    if seconds < 86400 and timezone.localtime(at).date() == timezone.localdate():
        return f"{seconds // 3600}小时前"
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def words_until(seconds: int) -> str:
    """How long until then."""
    if seconds < 3600:
        return f"{max(seconds // 60, 1)}分钟后"
    return f"{seconds // 3600}小时后" if seconds < 86400 else f"{seconds // 86400}天后"


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
    seconds = max(int((timezone.now() - at).total_seconds()), 0)
    shown = f"{seconds // 60}分" if seconds < 3600 else f"{seconds // 3600}时{seconds % 3600 // 60:02d}分"
    exact = timezone.localtime(at)
    return format_html(
        '<time data-elapsed datetime="{}" title="{} 起">{}</time>',
        exact.isoformat(timespec="seconds"),
        exact.strftime("%H:%M"),
        shown,
    )


@register.filter
def avatar(name: str) -> SafeString:
    """A circle with the last character of a name, as colleagues call each other."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', (name or "?")[-1])


@register.filter
def of(mapping: Mapping[str, Any], key: Any) -> Any:
    """Looks a key up by its text: `{{ names|of:person_id }}`."""
    return mapping.get(str(key), mapping.get(key, "")) if mapping else ""


@register.filter
def receipt(code: str) -> SafeString | str:
    """A receipt code as it is read out."""
    return format_html('<span class="receipt">{}</span>', code) if code else ""


@register.inclusion_tag("web/_field.html")
def field(bound: Any, label: str = "", help: str = "") -> dict[str, Any]:
    """A form field with label, help and its errors in plain words."""
    return {"field": bound, "label": label or bound.label, "help": help or bound.help_text}


@register.inclusion_tag("web/_empty.html")
def empty(icon_name: str, title: str, text: str = "") -> dict[str, str]:
    """An empty state that says what to do."""
    return {"icon_name": icon_name, "title": title, "text": text}
