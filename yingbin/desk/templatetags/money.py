"""Amounts as people read them."""

import re

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


_FIGURES, _PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟", "万", "拾", "佰", "仟")


@register.filter
def capitals(fen: int) -> str:
    """Fen as a receipt spells them, so that nobody adds a figure: 壹佰叁拾伍元整, 捌拾元零伍分. Up to 99,999,999.99 yuan."""
    whole, rest = divmod(abs(fen), 100)
    told = str(whole)
    said = "".join(_FIGURES[int(d)] + _PLACES[len(told) - n] for n, d in enumerate(told, 1))
    said = re.sub("零+", "零", re.sub("零[拾佰仟]", "零", said)).replace("零万", "万").rstrip("零")
    tens, ones = divmod(rest, 10)
    small = f"{_FIGURES[tens]}角" if tens else "零" if said and ones else ""
    small += f"{_FIGURES[ones]}分" if ones else "整"
    return f"{said}元{small}" if said else small if rest else "零元整"
