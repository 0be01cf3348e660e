"""离职交接: whose customers wait for a new receiver, and handing them over (TQ-8)."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.customers.queries import how_many_each
from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import needs
from yingbin.people.queries import staff_with_role

from ..actions.succession import Succession, succeed
from ..forms.succession import SuccessionForm
from .moved import moved


@dataclass(frozen=True)
class Holder:
    """Someone with customers, how many, and whether they are no salesperson here any more."""

    id: UUID
    name: str
    customers: int
    gone: bool


@needs("customers.assign")
@require_http_methods(["GET", "POST"])
def succession(request: HttpRequest) -> HttpResponse:
    """Who has how many customers; leavers first. A post deals one person's out to others."""
    form = SuccessionForm(sent(request))
    return submit(
        request,
        form,
        lambda told: succeed.given(leaver=told["leaver"], to=form.to, reason=told["reason"]),
        then="gallery:succession",
        said=lambda done: _said(request, done),
        page=lambda: _page(request, form),
    )


def _said(request: HttpRequest, done: Succession) -> str:
    """What passed; what could not is named beside it, each with the reason."""
    for one in done.left:
        messages.warning(request, f"事项 {one.number} 没有交出：{one.why}")
    return f"已交接 {done.customers} 位客户、{done.matters} 件没办完的事。"


def _page(request: HttpRequest, form: SuccessionForm) -> HttpResponse:
    here = list(staff_with_role(site_id(request), "salesperson", timezone.now()))
    ids = {s.id for s in here}
    each = (Holder(*one, gone=one[0] not in ids) for one in how_many_each(site_id(request)))
    holders = sorted(each, key=lambda h: (not h.gone, h.name))
    first = next((str(h.id) for h in holders if h.gone), "")
    context: dict[str, object] = {
        "form": form,
        "holders": holders,
        "here": here,
        "chosen": str(form.data.get("leaver", "")) or first,
    }
    return render(request, "gallery/succession.html", context, status=status(form))


@needs("customers.assign")
@require_GET
def handover_before(request: HttpRequest) -> HttpResponse:
    """The address of before, when the page shared its name with the hand-over of a shift."""
    return moved("gallery:succession")
