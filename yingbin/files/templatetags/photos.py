"""`{% photos form.photos %}`: a field for photos; `{% shots files %}`: those of a thing, to look at."""

from collections.abc import Iterable
from typing import TypedDict

from django import template
from django.forms import BoundField

from yingbin.files.actions import MOST_TOGETHER
from yingbin.files.forms import PhotosField
from yingbin.files.queries import Shown

register = template.Library()


class PhotosShown(TypedDict):
    """What the field's template is drawn with."""

    field: BoundField
    owner: str
    kept: tuple[Shown, ...]
    most: int


@register.inclusion_tag("files/_photos.html")
def photos(bound: BoundField) -> PhotosShown:
    """Buttons to take and to choose photos, and those that are there already."""
    field = bound.field
    assert isinstance(field, PhotosField)
    return {"field": bound, "owner": field.owner, "kept": field.kept, "most": MOST_TOGETHER}


@register.inclusion_tag("files/_shots.html")
def shots(files: Iterable[Shown]) -> dict[str, list[Shown]]:
    """Small pictures that open the large one; a scan as a download."""
    return {"files": list(files)}
