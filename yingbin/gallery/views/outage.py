"""停电单与补录: the sheet for a day without the system, and what was done on it entered later."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from ..actions.outage import enter_late
from ..forms import first_error
from ..forms.outage import LateForm
from ..queries.outage import sheet
from .acting import acting, site_id

LINES = 10
# Millimetres of a lying A4 sheet: what the two lists and the lines to write on share, one row of each.
ROOM, ROW, LINE = 150.0, 4.8, 9.2


@needs("arrivals.record", "turns.supervise")
@require_GET
def outage(request: HttpRequest) -> HttpResponse:
    """The sheet, ready for the printer; right after opening the printer is asked for at once."""
    made = sheet(site_id(request), timezone.now())
    context = {
        "sheet": made,
        "blank": range(_lines(len(made.board.people)) if made else LINES),
        "print_now": request.GET.get("print") == "1",
    }
    return render(request, "gallery/outage.html", context)


def _lines(people: int) -> int:
    """As many lines as leave the sheet on one page; a long queue has them all, on a second page."""
    fit = int((ROOM - ROW * (max(people, LINES) + 1)) // LINE)
    return min(fit, LINES) if fit >= LINES // 2 else LINES


@needs("turns.supervise")
@require_http_methods(["GET", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """Ten lines of paper; what is wrong is said with its line, and everything typed stays."""
    typed = request.POST or None
    forms = [LateForm(typed, prefix=f"l{n}", use_required_attribute=False) for n in range(LINES)]
    refused = ""
    if request.method == "POST":
        refused = _enter(request, forms)
        if not refused:
            return redirect("gallery:decisions")
    today = timezone.localdate()
    context = {
        "forms": forms,
        "day": request.POST.get("day") or today.isoformat(),
        "earliest": (today - timedelta(days=30)).isoformat(),
        "today": today.isoformat(),
        "sales": list(staff_with_role(site_id(request), "salesperson", timezone.now())),
        "refused": refused,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "gallery/late.html", context, status=422 if refused else 200)


def _enter(request: HttpRequest, forms: list[LateForm]) -> str:
    """What is wrong, or nothing once the lines are entered."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        return "请选这些接待发生在哪一天。"
    for n, form in enumerate(forms, 1):
        if not form.empty and not form.is_valid():
            return f"第 {n} 行：{first_error(form)}"
    lines = [form.late(day) for form in forms if not form.empty and form.is_valid()]
    try:
        done = enter_late(**acting(request), lines=lines)
    except (Refused, KeyReused) as no:
        return str(no.message)
    messages.success(
        request, f"已补录 {len(done['visits'])} 批，先前的判定一条没动，账目从现在起更正。"
    )
    return ""
