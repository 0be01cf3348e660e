"""What every posting page does alike: who, where, when, under which key; a refusal keeps what was typed.

form = ReasonForm(sent(request))
page = partial(_page, request, form)              # renders with `status=status(form)`
return submit(request, form, lambda told: leave.given(reason=told["reason"]), page=page, then=…)
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import escape

from yingbin.journal.action import Acting, Deed
from yingbin.journal.write import KeyReused, derived_key, new_key, page_key
from yingbin.rules.decision import Refused

from .forms import KeyedForm
from .onward import is_ours, onward

R = TypeVar("R")
REFUSED = 422
# What a form's fields hold once they were checked, by name; each field has a type of its own.
Told: TypeAlias = Mapping[str, Any]


def site_id(request: HttpRequest) -> UUID:
    """The current site's id; 404 for someone who works at none."""
    site = getattr(request, "site", None)
    if site is None:
        raise Http404
    return UUID(str(site.id))


def person_id(request: HttpRequest) -> UUID:
    """The signed-in person's id."""
    return UUID(str(request.user.pk))


def acting(request: HttpRequest, at_site: UUID | None = None) -> Acting:
    """Who acts here and now, under the form's key; `at_site` for another site or the whole company."""
    key, now = request.POST.get("key") or request.headers.get("Idempotency-Key"), timezone.now()
    site, who = at_site or site_id(request), person_id(request)
    typed = typed_at(request.POST.get("typed_at", ""), now)
    return Acting(site, page_key(key or new_key()), who, now, typed)


def typed_at(said: str, now: datetime) -> datetime | None:
    """When a form was typed that had to wait for a line, as its device says; None where it didn't wait.

    A device's clock may be wrong: what lies in the future or more than a day back says nothing.
    """
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        return None
    waited = found.tzinfo is not None and timedelta(seconds=5) < now - found < timedelta(days=1)
    return found if waited else None


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def status(*shown: forms.BaseForm | None) -> int:
    """422 for a page on which a form was sent and refused, 200 for one with fresh forms."""
    return REFUSED if any(form is not None and form.is_bound for form in shown) else 200


def tried(form: KeyedForm, deed: Callable[[], R]) -> R | None:
    """What the deed answers; None when it refuses, and the form says why beside what was typed."""
    try:
        return deed()
    except (Refused, KeyReused) as no:
        form.refused_by(no)
        return None


def take_out(request: HttpRequest, deed: Deed[R]) -> R:
    """Does the deed that keeps that a copy leaves the house. Raises `Refused`.

    A page stays open behind its download, key and all: pressed again later, or for another form of the copy, it is
    a copy of its own, and kept as one. Two taps within a minute on the very same copy are one.
    """
    who = acting(request)
    try:
        return deed(replace(who, key=derived_key(who.key, f"{who.at:%d%H%M}")))
    except KeyReused:
        return deed(replace(who, key=derived_key(who.key, new_key())))


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """The page a form stood on, as far as the browser says it and it is ours."""
    page = urlsplit(request.headers.get("Referer", "")).path
    return page if is_ours(page) else otherwise


def perform(
    request: HttpRequest,
    deed: Deed[R],
    *,
    then: str | Callable[[R], str],
    said: str | Callable[[R], str] = "",
    form: KeyedForm | None = None,
    page: Callable[[], HttpResponse] | None = None,
    refused: str = "",
    who: Acting | None = None,
) -> HttpResponse:
    """Does the deed and goes on to `then`, saying `said`.

    A refusal is said in its own words: on `page` beside what was typed (`form` keeps it, status 422),
    or, for a button with nothing typed, where `refused` leads, else `then`, else where it was pressed.
    """
    try:
        answer = deed(who or acting(request))
    except (Refused, KeyReused) as no:
        why = no.message if form is None else form.refused_by(no)
        if page is not None:
            return _again(request, page, why)
        messages.error(request, no.message)
        return redirect(onward(request, refused or _then(then, came_from(request))))
    words = said(answer) if callable(said) else said
    if words:
        messages.success(request, words)
    return redirect(onward(request, then(answer) if callable(then) else then))


def submit(
    request: HttpRequest,
    form: KeyedForm,
    deed: Callable[[Told], Deed[R]],
    *,
    page: Callable[[], HttpResponse],
    then: str | Callable[[R], str],
    said: str | Callable[[R], str] = "",
    who: Acting | None = None,
) -> HttpResponse:
    """Does what the form was sent for, made of what it was told; until it is filled in well, `page` shows it.

    A form that was not sent at all is shown too; what an action refuses is said on `page` as by `perform`.
    """
    if not form.is_valid():
        return page()
    told: Told = form.cleaned_data
    return perform(request, deed(told), then=then, said=said, form=form, page=page, who=who)


def _again(request: HttpRequest, page: Callable[[], HttpResponse], why: str) -> HttpResponse:
    """The page once more, with why; at its top where the form that would say it is no longer there.

    One whose subject is over meanwhile may lead elsewhere instead, and is told there.
    """
    shown = page()
    if escape(why).encode() not in shown.content:
        messages.error(request, why)
        shown = shown if shown.status_code == 302 else page()
    if shown.status_code == 200:
        shown.status_code = REFUSED
    return shown


def _then(then: str | Callable[[R], str], otherwise: str) -> str:
    return then if isinstance(then, str) else otherwise
