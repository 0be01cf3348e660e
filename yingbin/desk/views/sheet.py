"""登记表: the register narrowed, leafed through, printed, handed out with a reason (SD-4.1)."""

import hashlib
from dataclasses import asdict
from datetime import datetime
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.pages.asked import paged
from yingbin.pages.doing import site_id, status, submit, take_out, tried
from yingbin.people.access import badge_of, may, needs
from yingbin.people.here import site_here
from yingbin.people.policies import set_policy
from yingbin.people.queries import names_of
from yingbin.sheets.columns import laid_out
from yingbin.sheets.excel import workbook

from ..actions.register_copies import hand_out_register
from ..allowed import standing_or_last
from ..contact import CONTACT
from ..demo import begins_empty, preparing
from ..forms.sheet import ContactForm, FilterForm, RegisterOutForm
from ..queries.sheet import Filter, all_lines, ids_of, lines, rows_of, these
from ..register_papers import REGISTER
from ..register_sheet import REGISTER_SHEET

A_PAGE, MOST = 25, 1000
FOUND = 100  # by words: who leafs on adds another word
ON_PAPER, IN_A_BOOK = 500, 20_000


def _filter(request: HttpRequest, site: UUID, now: datetime) -> FilterForm:
    stands = standing_or_last(site, now)
    names = names_of([UUID(one) for one in stands.office.everyone]) if stands else {}
    people = sorted(names.items(), key=lambda pair: pair[1])
    return FilterForm(request.GET.dict(), people=[(str(one), name) for one, name in people])


def _query(chosen: Filter) -> str:
    told = {name: str(value) for name, value in asdict(chosen).items() if value}
    return urlencode(told)


@needs("desk.see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The matters of this office, the newest first, as far as the filter asks for them."""
    return _page(request)


def _page(
    request: HttpRequest, out: RegisterOutForm | None = None, contact: ContactForm | None = None
) -> HttpResponse:
    site, now = site_id(request), timezone.now()
    form = _filter(request, site, now)
    most = FOUND if form.chosen.words.strip() else MOST
    ids = ids_of(rows_of(badge_of(request), form.chosen, now), most)
    page = paged(request.GET, ids, A_PAGE)
    query = _query(form.chosen)
    kept = CONTACT.in_force(site, now).values
    context = {
        "page": page,
        "grid": laid_out(REGISTER_SHEET, lines(site, these(page.object_list)), "page"),
        "form": form,
        "chosen": form.chosen,
        "query": f"{query}&",
        "asked": query,
        "most": most if len(ids) >= most else 0,
        "out_form": out or RegisterOutForm(),
        "contact": contact or ContactForm(initial={"phone": kept.phone}),
        "leads": may(request, "desk.supervise"),
        "past": preparing(site),
        "bare": begins_empty(site),
    }
    return render(request, "desk/index.html", context, status=status(out, contact))


@needs("desk.see")
@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """The sheet for the printer, numbers masked."""
    return _printed(request, full=False)


def _printed(request: HttpRequest, *, full: bool) -> HttpResponse:
    site, now = site_id(request), timezone.now()
    chosen = _filter(request, site, now).chosen
    rows = list(all_lines(site, rows_of(badge_of(request), chosen, now), ON_PAPER + 1, full=full))
    shown = {
        "grid": laid_out(REGISTER_SHEET, rows[:ON_PAPER], "paper", full=full),
        "heading": _heading(request, chosen),
        "cut": ON_PAPER if len(rows) > ON_PAPER else 0,
        "back": f"{reverse('desk:index')}?{_query(chosen)}",
        "book": REGISTER.title,
        "now": now,
    }
    return render(request, "sheets/a4.html", shown)


def _heading(request: HttpRequest, chosen: Filter) -> tuple[str, str]:
    days = [f"{day:%Y-%m-%d}" if day else "" for day in (chosen.since, chosen.until)]
    said = " 至 ".join(days) if any(days) else "全部日期"
    return f"管理处：{site_here(request).name}", f"日期：{said}"


@needs("desk.see")
@require_POST
def hand_out(request: HttpRequest) -> HttpResponse:
    """A copy as Excel or on paper; who, when and why is kept. Whole numbers only for the supervisor and the manager."""
    site, now, form = site_id(request), timezone.now(), RegisterOutForm(request.POST)
    if not form.is_valid():
        return _page(request, out=form)
    full = may(request, "desk.supervise")
    chosen, paper = _filter(request, site, now).chosen, form.cleaned_data["form"] == "paper"
    rows = list(
        all_lines(
            site,
            rows_of(badge_of(request), chosen, now),
            ON_PAPER if paper else IN_A_BOOK,
            full=full,
        )
    )
    grid = laid_out(REGISTER_SHEET, rows, "workbook", full=full)
    data = b"" if paper else workbook(grid, *_heading(request, chosen))
    deed = hand_out_register.given(
        since=chosen.since, until=chosen.until, why=form.cleaned_data["why"], form="paper" if paper else "sheet",
        rows=len(rows), sha256="" if paper else hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    if tried(form, lambda: take_out(request, deed)) is None:
        return _page(request, out=form)
    return _printed(request, full=full) if paper else _download(request, data)


def _download(request: HttpRequest, data: bytes) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(data, content_type=kind)
    day = timezone.localdate()
    name = quote(f"{REGISTER_SHEET.name} {site_here(request).name} {day:%Y-%m-%d}.xlsx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


@needs("desk.supervise")
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """The telephone that other offices tell callers whose matter belongs here."""
    form = ContactForm(request.POST)
    return submit(
        request,
        form,
        lambda told: set_policy.given(
            name=CONTACT.name, values={"phone": told["phone"]}, reason="前台电话"
        ),
        page=lambda: _page(request, contact=form),
        then=reverse("desk:index"),
        said="记下了，别处的前台会告诉打错的住户。",
    )
