"""停电单与补录: the sheet for a day without the system, and what was done on it entered later."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import needs
from yingbin.people.queries import staff_with_role

from ..actions.outage import OLDEST, enter_late
from ..forms.outage import LateSheetForm
from ..queries.outage import sheet

LINES = 10
# Millimetres of a lying A4 sheet: what the two lists and the lines to write on share, one row of each.
ROOM, ROW, LINE = 150.0, 4.8, 9.2


@needs("arrivals.record", "turns.supervise")
@require_GET
def outage(request: HttpRequest) -> HttpResponse:
    """The sheet, ready for the printer; right after opening the printer is asked for at once."""
    made = sheet(site_id(request), timezone.now())
    context: dict[str, object] = {
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
    form = LateSheetForm(sent(request), lines=LINES)
    page = partial(_late_page, request, form)
    return submit(
        request,
        form,
        lambda _: enter_late.given(lines=form.late()),
        then="gallery:decisions",
        said=lambda done: f"已补录 {len(done.visits)} 批，先前的判定一条没动，账目从现在起更正。",
        page=page,
    )


def _late_page(request: HttpRequest, form: LateSheetForm) -> HttpResponse:
    today = timezone.localdate()
    context: dict[str, object] = {
        "form": form,
        "day": form.data.get("day") or today.isoformat(),
        "earliest": (today - OLDEST).isoformat(),
        "today": today.isoformat(),
        "sales": list(staff_with_role(site_id(request), "salesperson", timezone.now())),
    }
    return render(request, "gallery/late.html", context, status=status(form))
