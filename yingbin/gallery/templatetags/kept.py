"""A fold whose words were refused: open again, with why and what was typed."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def kept(
    context: template.Context, fold: str, of: object = "", name: str = "refused", default: Any = ""
) -> Any:
    """What was typed as `name` into this fold, the refusal itself where none is named; else the default.

    The page says by `typed` which fold was refused and of whom (`views.acting.refused_in`).
    """
    typed = context.get("typed") or {}
    if typed.get("fold") != fold or typed.get("of") != str(of):
        return default
    return typed.get(name, "")
