"""Pages of the manual, for everyone who has signed in."""

from dataclasses import dataclass
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse

from yingbin.pages.placed import bare
from yingbin.people.access import may, signed_in
from yingbin.people.roles import ROLES

from . import clauses, marks, pages


@dataclass(frozen=True)
class Screen:
    """A screen a clause can be seen on; `url` is empty where this person may not go."""

    title: str
    url: str


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All five procedures with their clauses; `?q=` keeps those that contain every word."""
    asked = request.GET.get("q", "").strip()
    book = clauses.book()
    found = book.search(asked)
    groups = [(p, [c for c in found if c.procedure == p.code]) for p in book.procedures.values()]
    context = {
        "asked": asked,
        "found": found,
        "groups": [(p, row) for p, row in groups if row],
        "live": sum(c.is_live for c in found),
    }
    return render(request, "manual/index.html", context)


@signed_in
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure: its clauses, then the page that explains it; 404 for an unknown code."""
    book = clauses.book()
    shown = book.procedures.get(code.upper())
    if shown is None:
        raise Http404(code)
    row = book.of(shown.code)
    context = {
        "procedure": shown,
        "others": book.procedures.values(),
        "clauses": row,
        "live": sum(c.is_live for c in row),
        "page": pages.page(shown),
    }
    return render(request, "manual/procedure.html", context)


@signed_in
def clause(request: HttpRequest, clause_id: str) -> HttpResponse:
    """One clause: what it says, what it means in a decision, where it is kept; 404 if unknown."""
    book = clauses.book()
    shown = book.clauses.get(clause_id.upper())
    if shown is None:
        raise Http404(clause_id)
    before, after = book.neighbours(shown)
    context = {
        "clause": shown,
        "procedure": book.procedures[shown.procedure],
        "kind": book.kinds[shown.kind],
        "roles": [ROLES[r].title for r in shown.roles if r in ROLES],
        "screens": [_screen(request, name) for name in shown.screens],
        "tests": _tests().get(shown.id, ()),
        "before": before,
        "after": after,
    }
    return render(request, "manual/clause.html", context)


@cache
def _tests() -> dict[str, tuple[str, ...]]:
    return marks.proofs()


def _screen(request: HttpRequest, name: str) -> Screen:
    title = clauses.book().screens[name]
    try:
        url = reverse(name)
    except NoReverseMatch:
        return Screen(title, "")
    return Screen(title, url if _may_open(request, url) else "")


def _may_open(request: HttpRequest, url: str) -> bool:
    access = getattr(resolve(bare(url)).func, "access", ())
    if isinstance(access, str):
        return True
    return may(request, *access)
