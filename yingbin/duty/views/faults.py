"""扫码: a label opens its asset for whoever is on duty there, and a short form for everybody else (SF-4.4, SC-4.4)."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yingbin.files import store
from yingbin.files.actions import take_in
from yingbin.files.models import StoredFile
from yingbin.journal.action import Acting
from yingbin.journal.write import KeyReused, new_key, page_key
from yingbin.matters.photos import MATTER
from yingbin.pages.asked import uid
from yingbin.pages.doing import acting, perform, person_id, sent, site_id, status, submit, tried
from yingbin.pages.doors import open_to_all
from yingbin.pages.placed import placed
from yingbin.people.access import needs, session_badge
from yingbin.people.ids import SYSTEM
from yingbin.people.models import Staff
from yingbin.rules.decision import Refused

from ..actions import faults
from ..files import FAULT
from ..forms import DismissForm, FaultForm
from ..models import Asset, FaultReport
from ..queries import assets as queries
from ..queries.picture import picture
from .here import row_here


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest, mark: str) -> HttpResponse:
    """What a label leads to."""
    asset = queries.by_mark(mark)
    if asset is None:
        return render(request, "duty/scan_gone.html", status=404)
    if request.method == "GET" and _on_duty_there(request, asset):
        return redirect(placed(asset.site.code, reverse("duty:asset", args=[asset.id])))
    form = FaultForm(sent(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        told = tried(form, lambda: _tell(asset, form))
        if told is not None:
            return redirect("duty:scan_thanks")
    shown = {"asset": asset, "form": form}
    return render(request, "duty/scan.html", shown, status=status(form))


def _on_duty_there(request: HttpRequest, asset: Asset) -> bool:
    staff = request.user
    if not isinstance(staff, Staff) or staff.must_change_password:
        return False
    held = session_badge(staff, asset.site_id, timezone.now(), request.session)
    return held.may("duty.stand")


def _tell(asset: Asset, form: FaultForm) -> UUID:
    """Nobody acts: whoever scanned a label is not known to the house."""
    key = page_key(form.cleaned_data["key"] or new_key())
    who = Acting(asset.site_id, key, SYSTEM, timezone.now())
    faults.check_room(asset, who.at)
    picture = form.picture()
    photos = (_taken(who, picture),) if picture else ()
    return faults.tell_fault(who, mark=asset.mark, words=form.cleaned_data["words"], photos=photos)


def _taken(who: Acting, data: bytes) -> UUID:
    return take_in(replace(who, key=f"{who.key}:photo"), owner=FAULT.id, data=data)


@open_to_all
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "duty/scan_thanks.html")


@needs("duty.stand")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Faults that wait to be looked at, and what became of the last ones."""
    return _page(request)


def _page(
    request: HttpRequest, form: DismissForm | None = None, at: UUID | None = None
) -> HttpResponse:
    waiting, decided = queries.faults(site_id(request))
    shown = {"waiting": waiting, "decided": decided, "form": form, "open": at, "why": DismissForm()}
    return render(request, "duty/faults.html", shown, status=status(form))


@needs("duty.stand")
@require_POST
def confirm(request: HttpRequest, fault_id: UUID) -> HttpResponse:
    """属实: a repair of one's own, with the words and the photo."""
    row = queries.fault(site_id(request), fault_id)
    if row is None:
        raise Http404
    who = acting(request)
    try:
        photos = _carried(who, row)
    except (Refused, KeyReused):
        photos = ()  # the photo is lost; the words stand
    deed = faults.confirm_fault.given(fault=row.id, post=_post(request, row), photos=photos)
    return perform(
        request,
        deed,
        then=lambda done: reverse("matters:matter", args=[done.matter]),
        said=lambda done: f"已转成报修，第{done.number}号，由您负责。",
        refused=reverse("duty:faults"),
        who=who,
    )


def _post(request: HttpRequest, row: FaultReport) -> UUID:
    """Where the asset stands, else where one stands oneself, else the first post; always one that is open today."""
    seen = picture(row.site_id, timezone.now())
    me = seen.person(person_id(request))
    first = seen.posts[0].id if seen.posts else ""
    where = str(row.asset.post_id)
    if where in [post.id for post in seen.posts]:
        return UUID(where)
    return uid(me.at_id if me and me.at_id else first) or UUID(int=0)


def _carried(who: Acting, row: FaultReport) -> tuple[UUID, ...]:
    """The stranger's photos once more, as photos of the repair: those stay with what was told."""
    files = StoredFile.objects.filter(
        site_id=row.site_id, owner=FAULT.id, about_id=row.id, gone_at__isnull=True
    ).order_by("id")
    return tuple(
        take_in(replace(who, key=f"{who.key}:{n}"), owner=MATTER.id, data=store.get(file.name))
        for n, file in enumerate(files)
    )


@needs("duty.stand")
@require_POST
def dismiss(request: HttpRequest, fault_id: UUID) -> HttpResponse:
    """不成立, with a word."""
    row_here(request, FaultReport, fault_id)
    form = DismissForm(request.POST)
    return submit(
        request,
        form,
        lambda told: faults.dismiss_fault.given(fault=fault_id, reason=told["reason"]),
        page=partial(_page, request, form, fault_id),
        then=reverse("duty:faults"),
        said="已记下。",
    )
