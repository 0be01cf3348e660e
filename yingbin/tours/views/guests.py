"""来访名单: written, brought as a table, somebody replaced at the gate, a full number looked at, a line erased (CV-4.1)."""

from datetime import timedelta
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, acting, sent, site_id, status, submit, tried
from yingbin.pages.forms import KeyedForm
from yingbin.pages.phones import shown as as_read
from yingbin.people.access import badge_of, may, needs

from ..actions import guests as acts
from ..folding import ENDED, row_of
from ..forms.guests import ForgetForm, GuestsForm, LookForm, ReplaceForm, TableForm
from ..models import TourVisit
from ..queries.guests import GuestList, allowing, guest_list, whole_number

ALL = ("tours.reception", "tours.administration")
AT_GATE = ("gate.scan", "gate.supervise", "gate.security")
SEES = (*ALL, *AT_GATE, "tours.apply")
LOOKS = ("tours.reception", "gate.supervise")
REPLACES = ("tours.reception", "gate.scan", "gate.supervise")
NEAR = timedelta(
    hours=36
)  # around a visit, in which a gate may see who comes: from the evening before


@needs(*SEES)
@require_http_methods(["GET", "POST"])
def guests(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Who comes; sent: the list as it is from now on."""
    visit = _found(request, visit_id)
    if request.method == "POST" and not writes(request, visit):
        raise Http404
    told = guest_list(visit)
    form = GuestsForm(sent(request), lines=told.lines, seen=told.stamp)
    return submit(
        request,
        form,
        lambda words: acts.keep_list.given(visit_id=visit.id, guests=form.guests, seen=words["seen"]),
        page=lambda: _page(request, visit, write=form),
        then=reverse("tours:guests", args=[visit.id]),
        said=lambda done: f"记下了：加了 {done.added} 位，去掉 {done.gone} 位。",
    )  # fmt: skip


@needs(*ALL, "tours.apply")
@require_POST
def table(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A file's lines in the box, to be looked over; nothing is kept yet."""
    visit = _found(request, visit_id)
    if not writes(request, visit):
        raise Http404
    form, told = TableForm(request.POST, request.FILES), guest_list(visit)
    if not form.is_valid():
        return _page(request, visit, table=form)
    lines = "\n".join(part for part in (told.lines, form.lines) if part)
    return _page(request, visit, write=GuestsForm(lines=lines, seen=told.stamp), brought=True)


@needs(*REPLACES)
@require_POST
def replace(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Somebody else comes than was said."""
    visit = _found(request, visit_id)
    form = _forms(request, request.POST, guest_list(visit))["replace"]

    def deed(told: Told) -> Deed[UUID]:
        return acts.replace_guest.given(
            visit_id=visit.id, guest_id=told["guest"], comes=told["comes"], allowed_by=told["allowed_by"],
            why=told["why"],
        )  # fmt: skip

    page = reverse("tours:guests", args=[visit.id])
    return submit(
        request, form, deed, page=lambda: _page(request, visit, replace=form), then=page, said="换好了。"
    )  # fmt: skip


@needs(*LOOKS)
@require_POST
def look(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A guest's full number, once, with what for."""
    visit = _found(request, visit_id)
    form = _forms(request, request.POST, guest_list(visit))["look"]
    if form.is_valid():
        told = form.cleaned_data
        deed = acts.reveal_guest.given(visit_id=visit.id, guest_id=told["guest"], why=told["why"])
        found = tried(form, lambda: deed(acting(request)))
        if found is not None:
            number = as_read(whole_number(visit.site_id, found))
            return _page(request, visit, revealed={found: number})
    return _page(request, visit, look=form)


@needs("customers.erase")
@require_POST
def forget(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """A guest asks to be erased."""
    visit = _found(request, visit_id)
    form = _forms(request, request.POST, guest_list(visit))["forget"]
    return submit(
        request,
        form,
        lambda told: acts.erase_guest.given(
            visit_id=visit.id, guest_id=told["guest"], reason=told["reason"]
        ),
        page=lambda: _page(request, visit, forget=form),
        then=reverse("tours:guests", args=[visit.id]),
        said="已删除这一位的姓名、电话和别的话。",
    )


def writes(request: HttpRequest, visit: TourVisit) -> bool:
    """Whether somebody writes a visit's list: reception, or whoever asked for it."""
    own = visit.applied_by == badge_of(request).staff_id
    return visit.status not in ENDED and (may(request, "tours.reception") or own)


def sees_list(request: HttpRequest, visit: TourVisit) -> bool:
    """Whether somebody may see who comes: those who receive, whoever asked, the gates around its time."""
    if may(request, *ALL) or visit.applied_by == badge_of(request).staff_id:
        return True
    near = visit.starts_at - NEAR <= timezone.now() <= visit.ends_at + NEAR
    return may(request, *AT_GATE) and visit.status in ("approved", "over") and near


def _found(request: HttpRequest, visit_id: UUID) -> TourVisit:
    visit = row_of(site_id(request), visit_id)
    if visit is None or not sees_list(request, visit):
        raise Http404
    return visit


def _forms(request: HttpRequest, data: QueryDict | None, told: GuestList) -> dict[str, KeyedForm]:
    """The forms about one of the guests, as they were sent or fresh."""
    here = [(str(one.row.id), one.name) for one in told.guests if one.row.salt]
    numbers = [(str(one.row.id), f"{one.name} {one.phone}") for one in told.guests if one.phone]
    kept = [*here, *((str(one.row.id), one.name) for one in told.gone if one.row.salt)]
    people = [
        (str(who), name) for who, name in allowing(told.visit.site_id, timezone.now()).items()
    ]
    return {
        "replace": ReplaceForm(
            data, guests=here, allowing=people, me=str(badge_of(request).staff_id)
        ),
        "look": LookForm(data, guests=numbers),
        "forget": ForgetForm(data, guests=kept),
    }


def _page(
    request: HttpRequest,
    visit: TourVisit,
    *,
    revealed: dict[UUID, str] | None = None,
    brought: bool = False,
    **bound: KeyedForm,
) -> HttpResponse:
    told, going = guest_list(visit), visit.status == "approved"
    forms = {
        "write": GuestsForm(lines=told.lines, seen=told.stamp), "table": TableForm(), **_forms(request, None, told), **bound,
    }  # fmt: skip
    context = {
        "row": visit, "told": told, "forms": forms, "revealed": revealed or {}, "brought": brought,
        "writes": writes(request, visit), "replaces": going and may(request, *REPLACES), "looks": may(request, *LOOKS),
        "forgets": may(request, "customers.erase"), "opens": may(request, *ALL, "tours.apply"),
    }  # fmt: skip
    return render(request, "tours/guests.html", context, status=status(*bound.values()))
