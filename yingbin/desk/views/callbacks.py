"""回访: the list of residents to call, and the page of a call with its script (SD-4.3, SD-4.4)."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.customers.actions import reveal
from yingbin.customers.queries import whole_number_of
from yingbin.pages.asked import paged
from yingbin.pages.doing import acting, perform, sent, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.pages.phones import shown as as_read
from yingbin.people.access import badge_of, needs
from yingbin.people.here import site_here

from ..actions.callbacks import call_back
from ..forms.callbacks import CallForm
from ..models import DeskMatter
from ..queries import callbacks
from ..queries.one import page_of, seen
from .call_sheet import made

A_PAGE = 25


@needs("desk.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Whom to call, what falls due first first; or the calls that were made."""
    now, badge = timezone.now(), badge_of(request)
    which = request.GET.get("which", "mine")
    if which not in callbacks.WHICH:
        raise Http404
    context: dict[str, object] = {
        "which": which, "tabs": list(callbacks.WHICH.items()), "query": f"which={which}&",
    }  # fmt: skip
    if which == "done":
        return made(request)
    rows = callbacks.mine(badge, now) if which == "mine" else callbacks.all_due(badge)
    page = paged(request.GET, rows, A_PAGE)
    context |= {"page": page, "due": callbacks.due(badge, page.object_list, now)}
    return render(request, "desk/callbacks.html", context)


@needs("desk.see")
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """The script and the answers."""
    row, form = _found(request, matter_id), CallForm(sent(request))
    return submit(
        request,
        form,
        lambda told: call_back.given(matter_id=matter_id, answers=form.answers),
        page=lambda: _page(request, _found(request, matter_id), form),
        then=reverse("desk:callbacks"),
        said=lambda done: f"{row.said} 号：{done.because}",
    )


@needs("desk.see")
@require_POST
def not_reached(request: HttpRequest, matter_id: UUID) -> HttpResponse:
    """Nobody answered: one tap."""
    row = _found(request, matter_id)
    return perform(
        request,
        call_back.given(matter_id=matter_id),
        then=reverse("desk:callbacks"),
        said=lambda done: f"{row.said} 号：{done.because}",
        refused=reverse("desk:call", args=[matter_id]),
    )


@needs("desk.see")
@never_cache
@require_POST
def look(request: HttpRequest, matter_id: UUID, phone_id: UUID) -> HttpResponse:
    """The resident's whole number to be dialled, once it is logged who looks at it; gone with the page."""
    row = _found(request, matter_id)
    shown = page_of(badge_of(request), row, timezone.now())
    if shown.customer is None:
        raise Http404
    form, why = KeyedForm(request.POST), f"回访 {row.said} 号"
    deed = reveal.given(customer_id=shown.customer.id, phone_id=phone_id, why=why)
    found = tried(form, lambda: deed(acting(request)))
    if found is None:
        return _page(request, row, CallForm(), refused=form)
    number = whole_number_of(site_id(request), found)
    return _page(request, row, CallForm(), revealed={str(phone_id): as_read(number)})


def _found(request: HttpRequest, matter_id: UUID) -> DeskMatter:
    site_id(request)
    row = seen(badge_of(request), matter_id, timezone.now())
    if row is None or not row.callback:
        raise Http404
    return row


def _page(
    request: HttpRequest,
    row: DeskMatter,
    form: CallForm,
    refused: KeyedForm | None = None,
    revealed: Mapping[str, str] | None = None,
) -> HttpResponse:
    now, badge = timezone.now(), badge_of(request)
    shown = page_of(badge, row, now)
    called = shown.customer.called if shown.customer else row.caller
    speaker = str(getattr(request.user, "name", ""))
    context = {
        "shown": shown,
        "form": form,
        "script": callbacks.script(row, site_here(request).name, speaker, called, shown.answer),
        "due": next(iter(callbacks.due(badge, [row], now))) if row.callback == "due" else None,
        "may": "call" in shown.told,
        "tries": callbacks.tries_of(row, badge, now),
        "revealed": revealed or {},
        "looked_refused": refused.refused if refused else "",
    }
    return render(request, "desk/call.html", context, status=status(form, refused))
