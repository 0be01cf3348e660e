"""How a check list is changed: each edit gives another one, the first stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from .terms import Item, Section, Template

T = TypeVar("T", Item, Section)


def with_section(template: Template, section_id: str, title: str, at: str) -> Template:
    """A section renamed, or a new one at the end."""
    if template.section(section_id) is None:
        return Template((*template.sections, Section(section_id, title, (), at)))
    return _each(template, lambda s: replace(s, title=title, at=at) if s.id == section_id else s)


def without_section(template: Template, section_id: str) -> Template:
    """A section less, with all its items."""
    return Template(tuple(s for s in template.sections if s.id != section_id))


def with_item(template: Template, section_id: str, item: Item) -> Template:
    """An item changed where it stands, or, new or come from another section, at the end of this one."""
    home = next((s.id for s, i in template.items() if i.id == item.id), None)
    if home == section_id:
        return _each(
            template,
            lambda s: replace(s, items=tuple(item if i.id == item.id else i for i in s.items)),
        )
    bare = without_item(template, item.id)
    return _each(bare, lambda s: replace(s, items=(*s.items, item)) if s.id == section_id else s)


def without_item(template: Template, item_id: str) -> Template:
    """An item less."""
    return _each(template, lambda s: replace(s, items=tuple(i for i in s.items if i.id != item_id)))


def moved(template: Template, what: str, step: int) -> Template:
    """A section or an item (by its id) one place up (-1) or down (1); at the end it stays."""
    if template.section(what) is not None:
        return Template(_moved(template.sections, what, step))
    return _each(template, lambda s: replace(s, items=_moved(s.items, what, step)))


def _moved(row: tuple[T, ...], what: str, step: int) -> tuple[T, ...]:
    here = next((n for n, one in enumerate(row) if one.id == what), None)
    if here is None or not 0 <= here + step < len(row):
        return row
    found = list(row)
    found[here], found[here + step] = found[here + step], found[here]
    return tuple(found)


def _each(template: Template, change: Callable[[Section], Section]) -> Template:
    return Template(tuple(change(s) for s in template.sections))


def bare_of_place(template: Template) -> Template:
    """Without pictures, which show what good looks like at one place alone."""
    return _each(
        template, lambda s: replace(s, items=tuple(replace(i, picture="") for i in s.items))
    )
