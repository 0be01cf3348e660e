"""The newest signed line on a page or sheet, short and as a picture, with the window now."""

from uuid import UUID

import segno
from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from yingbin.journal import checkpoints, notes

from .. import lines

register = template.Library()


@register.inclusion_tag("notices/_line.html")
def signed_line(site_id: UUID, picture: bool = False) -> dict[str, object]:
    """The newest line of a site; `picture` adds the whole line as a QR code, for paper."""
    newest = checkpoints.latest(site_id)
    window = checkpoints.window(site_id, set_up=lines.is_set_up(site_id))
    return {
        "line": newest,
        "short": notes.short(newest.size, bytes(newest.root)) if newest else "",
        "window": window,
        "minutes": window.minutes(timezone.now()),
        "picture": _picture(newest.text) if newest and picture else "",
    }


def _picture(text: str) -> SafeString:
    # Drawn by segno from base64 and digits: nothing in it is typed by anybody.
    drawn = segno.make(text, error="l").svg_inline(scale=2, border=2, svgclass=None, lineclass=None)
    return mark_safe(drawn)
