"""A thing that takes files, for tests: a note that its writer and whoever oversees matters may see."""

import io
from uuid import UUID

from PIL import Image, ImageDraw

from yingbin.files.owners import Owner
from yingbin.people.queries import Badge

SEEN_BY: dict[UUID, set[UUID]] = {}


def may_see(badge: Badge, about_id: UUID) -> bool:
    return badge.staff_id in SEEN_BY.get(about_id, set())


NOTE = Owner("note", "便条", ("matters.handle",), may_see)


def picture(
    width: int = 400, height: int = 300, form: str = "JPEG", *, mode: str = "RGB", **more: object
) -> bytes:
    """A picture with something in it: dark on the left, light on the right."""
    drawn = Image.new(mode, (width, height), "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(drawn).rectangle((0, 0, width // 2, height), fill=20 if mode == "L" else "black")
    out = io.BytesIO()
    drawn.save(out, form, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
