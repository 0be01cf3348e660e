"""登记册: the visitors' register as a book; looked through, printed, handed out by the manager (TQ-3)."""

import hashlib
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import names_of, staff_with_role
from yingbin.rules.decision import Refused

from ..actions.book import hand_out
from ..models import RegisterEntry
from ..queries import book
from ..sheets import register_sheet
from .acting import acting, may, me, site_id

PAGE, MOST_PRINTED, MOST_ROWS = 50, 600, 60000
ON_A_SHEET = 12  # lines of an empty sheet, to be written on by hand


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _chosen(request: HttpRequest, asked: Any) -> book.Chosen:
    """What was asked for; a salesperson leafs through their own rows, the desk through today's."""
    today = timezone.localdate()
    text = asked.get("q", "").strip()[:40]
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    if not text and since is None and until is None:
        since = today - timedelta(days=6)
    who = _uuid(asked.get("who", ""))
    if not may(request, "register.all"):
        if may(request, "register.today"):
            since, until = today, today
        else:
            who = me(request)
    return book.Chosen(since, until, who, text, asked.get("only", "")[:12])


def _query(chosen: book.Chosen) -> dict[str, str]:
    asked = {
        "since": chosen.since.isoformat() if chosen.since else "",
        "until": chosen.until.isoformat() if chosen.until else "",
        "who": str(chosen.who or ""),
        "only": chosen.only,
    }
    return {k: v for k, v in asked.items() if v}


@needs("register.all", "register.today", "register.own")
def register(request: HttpRequest) -> HttpResponse:
    """The book, newest first. What is searched for is posted, so that no number lands in an address."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(request, asked)
    found = book.entries(site_id(request), chosen)
    page = Paginator(found, PAGE).get_page(asked.get("page"))
    carried = [*_query(chosen).items(), ("q", chosen.text)]
    context = {
        "chosen": chosen,
        "page": page,
        "lines": book.lines(page.object_list),
        "query": urlencode(_query(chosen)) + "&" if _query(chosen) else "",
        "people": staff_with_role(site_id(request), "salesperson", timezone.now()),
        "all": may(request, "register.all"),
        "today_only": not may(request, "register.all") and may(request, "register.today"),
        "may_export": may(request, "register.export"),
        "may_import": may(request, "register.import"),
        "carried": carried,
        "posted": carried if chosen.text else [],
        "key": new_key(),
    }
    return render(request, "gallery/book.html", context)


def _span(chosen: book.Chosen) -> str:
    if chosen.since and chosen.until and chosen.since != chosen.until:
        return f"{chosen.since:%Y-%m-%d} 至 {chosen.until:%Y-%m-%d}"
    if chosen.since and not chosen.until:
        return f"{chosen.since:%Y-%m-%d} 起"
    day = chosen.since or chosen.until
    return f"{day:%Y-%m-%d}" if day else "全部"


@needs("register.all", "register.today", "register.own")
@require_GET
def printed(request: HttpRequest) -> HttpResponse:
    """The sheet for the printer in the trade's layout, numbers masked."""
    chosen = _chosen(request, request.GET)
    return _sheet(request, chosen, book.entries(site_id(request), chosen), full=False)


def _sheet(
    request: HttpRequest, chosen: book.Chosen, found: QuerySet[RegisterEntry], *, full: bool
) -> HttpResponse:
    rows = book.lines(found.order_by("number")[:MOST_PRINTED])
    context = {
        "rows": rows,
        "span": _span(chosen),
        "full": full,
        "blank": range(ON_A_SHEET - len(rows)),
        "cut": found.count() > MOST_PRINTED,
        "now": timezone.now(),
    }
    return render(request, "gallery/book_sheet.html", context)


@needs("register.export")
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hands the register out with full numbers, as Excel or on paper; the reason is kept."""
    chosen = _chosen(request, request.POST)
    found = book.entries(site_id(request), chosen)
    paper = request.POST.get("form") == "paper"
    rows = book.lines(found.order_by("number")[: MOST_PRINTED if paper else MOST_ROWS])
    place = request.site.name  # type: ignore[attr-defined]
    data = b"" if paper else register_sheet(place, _span(chosen), rows)
    told = {"since": chosen.since, "until": chosen.until, "rows": len(rows)}
    try:
        hand_out(
            acting(request),
            why=request.POST.get("why", ""),
            form="paper" if paper else "sheet",
            sha256=hashlib.sha256(data).hexdigest() if data else "",
            **told,  # type: ignore[arg-type]
        )
    except (Refused, KeyReused) as no:
        messages.error(request, no.message)
        return redirect(reverse("gallery:register") + "?" + urlencode(_query(chosen)))
    if paper:
        return _sheet(request, chosen, found, full=True)
    return download(data, f"来访客户登记表 {place} {_span(chosen)}.xlsx")


def download(data: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under this name."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@needs("register.export", "customers.audit")
@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """Every time the register was handed out."""
    page = Paginator(book.exports(site_id(request)), PAGE).get_page(request.GET.get("page"))
    names = names_of({e.by for e in page.object_list})
    return render(request, "gallery/book_exports.html", {"page": page, "names": names})
