"""Pictures of figures as SVG with classes for colours, so that they follow the theme and print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WIDE = 640
ROW = 34
LABEL = 108


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands in the picture, its label and number."""

    label: str
    value: str
    x: float
    y: float
    width: float
    height: float
    less: bool = False
    text_x: float = 0.0
    text_y: float = 0.0


@dataclass(frozen=True)
class Picture:
    """Bars in a box of `width` × `height`; `zero` is where differences begin."""

    width: int
    height: int
    bars: Sequence[Bar]
    zero: float = 0.0
    upright: bool = False


def columns(values: Mapping[str, int], height: int = 220) -> Picture | None:
    """Upright bars, for the hours of a day."""
    if not values:
        return None
    most, room = max(values.values()) or 1, height - 52
    step = WIDE / len(values)
    bars = []
    for n, (label, value) in enumerate(values.items()):
        tall = room * value / most
        x, y = n * step + step * 0.16, 24 + room - tall
        middle = n * step + step / 2
        bars.append(Bar(label, str(value), x, y, step * 0.68, tall, False, middle, y - 6))
    return Picture(WIDE, height, bars, upright=True)


def rows(values: Mapping[str, int]) -> Picture | None:
    """Lying bars, for kinds of things."""
    if not values:
        return None
    most = max(values.values()) or 1
    room = WIDE - LABEL - 56
    bars = []
    for n, (label, value) in enumerate(values.items()):
        wide = room * value / most
        y = n * ROW + 5
        bars.append(
            Bar(label, str(value), LABEL, y, wide, ROW - 12, False, LABEL + wide + 8, y + 16)
        )
    return Picture(WIDE, len(values) * ROW + 4, bars, zero=LABEL)


def differences(values: Mapping[str, float]) -> Picture | None:
    """Bars to both sides of a line: who has more, who less."""
    if not values:
        return None
    most = max(1.0, *(abs(v) for v in values.values()))
    half = (WIDE - LABEL) / 2 - 56
    zero = LABEL + (WIDE - LABEL) / 2
    bars = []
    for n, (label, exact) in enumerate(values.items()):
        value = round(exact, 1)
        wide, y = half * abs(value) / most, n * ROW + 5
        x = zero if value >= 0 else zero - wide
        text = zero + wide + 8 if value >= 0 else zero - wide - 48
        told = f"{value:+.1f}" if value else "0"
        bars.append(Bar(label, told, x, y, wide, ROW - 12, value < 0, text, y + 16))
    return Picture(WIDE, len(values) * ROW + 4, bars, zero=zero)
