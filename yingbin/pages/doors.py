"""The one door that asks nobody; the doors that ask who comes in stand in `people.access`."""

from collections.abc import Callable

from django.http import HttpResponse

View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """A page anyone may see without signing in."""
    view.access = "open"  # type: ignore[attr-defined]
    return view
