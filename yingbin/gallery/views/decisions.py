"""The day's decisions with filter and explanation, for everyone in the queue; a receipt looked up."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yingbin.journal.check import last_check
from yingbin.journal.export import root_row
from yingbin.journal.roots import last_root
from yingbin.pages import asked
from yingbin.pages.doing import site_id
from yingbin.people.access import may, needs

from ..queries import history

KINDS = [
    ("received", "接待"),
    ("waits", "等待"),
    ("claim", "无关来访"),
    ("adjust", "更正"),
    ("enquiry", "问路找人"),
]


@needs("turns.see")
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision of a day, newest first."""
    day = history.day_of(site_id(request), asked.day(request.GET.get("day")))
    who = asked.uid(request.GET.get("who"))
    chosen = history.DecisionFilter(
        who=str(who) if who else "",
        clause=request.GET.get("clause", "")[:12],
        kind=request.GET.get("kind", "")[:8],
    )
    found = history.decisions(day, chosen) if day else history.no_decisions()
    context = {
        "day": day,
        "days": history.days(site_id(request))[:60],
        "chosen": chosen,
        "kinds": KINDS,
        "clauses": ["TQ-1.1", "TQ-1.2", "TQ-4", "TQ-6", "TQ-7", "TQ-8", "TQ-9", "TQ-11"],
        "people": history.people_of(day) if day else [],
        "query": _kept(request),
        "page": asked.paged(request.GET, found),
        "checked": last_check(site_id(request)) if may(request, "journal.verify") else None,
    }
    return render(request, "gallery/decisions.html", context)


def _kept(request: HttpRequest) -> str:
    """The filter as a query, for the pager's links."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


@needs("turns.see")
@require_GET
def root(request: HttpRequest, day: str) -> HttpResponse:
    """The signed root of a closed day, to be kept outside: it proves later that nothing was cut off."""
    wanted = asked.day(day)
    found = last_root(site_id(request), wanted) if wanted else None
    if found is None:
        raise Http404
    told = {"root": root_row(found)}
    # A day that was opened again: the root of its former closing, still a true root of what was there then.
    if former := history.replaced_root(site_id(request), found.day):
        told["replaces"] = root_row(former)
    answer = JsonResponse(told, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="yingbin-root-{day}.json"'
    return answer


@needs("turns.see")
@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """Finds the decision behind a receipt code."""
    code = request.GET.get("code", "").strip().upper()
    found = history.by_receipt(site_id(request), code) if code else None
    if found is not None and found.visit_id:
        return redirect("gallery:visit", visit_id=found.visit_id)
    return render(request, "gallery/receipt.html", {"code": code, "found": found})
