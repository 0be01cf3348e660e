"""Amounts as people read them."""

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | str | None) -> str:
    """Fen as yuan: 80, 99.50, -20; "" for none, as a template says of what isn't there."""
    if not isinstance(fen, int):
        return ""
    sign, rest = "-" if fen < 0 else "", abs(fen)
    return (
        f"{sign}{rest // 100:,}" if rest % 100 == 0 else f"{sign}{rest // 100:,}.{rest % 100:02d}"
    )


@register.filter
def hundredths(many: int | None) -> str:
    """Hundredths of a unit as people write them: 3, 2.5, -1."""
    return "" if many is None else f"{many / 100:.2f}".rstrip("0").rstrip(".")


@register.filter
def used(many: int) -> str:
    """What left the store, as how much it was."""
    return hundredths(-many)
