"""离职交接: whose customers wait for a new receiver, and handing them over (TQ-8)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.customers.queries import how_many_each
from yingbin.journal.write import KeyReused, new_key
from yingbin.people.access import needs
from yingbin.people.queries import staff_with_role
from yingbin.rules.decision import Refused

from ..actions.handover import hand_over
from ..forms import uuids
from .acting import acting, site_id


@needs("customers.assign")
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """Who has how many customers; leavers first. A post deals one person's out to others."""
    refused = ""
    if request.method == "POST":
        refused = _hand_over(request)
        if not refused:
            return redirect("gallery:handover")
    here = list(staff_with_role(site_id(request), "salesperson", timezone.now()))
    ids = {s.id for s in here}
    rows = sorted(
        ((who, name, many, who not in ids) for who, name, many in how_many_each(site_id(request))),
        key=lambda r: (not r[3], r[1]),
    )
    context = {
        "rows": rows,
        "here": here,
        "chosen": request.POST.get("leaver", "") or next((str(r[0]) for r in rows if r[3]), ""),
        "ticked": request.POST.getlist("to"),
        "reason": request.POST.get("reason", ""),
        "refused": refused,
        "key": request.POST.get("key") or new_key(),
    }
    return render(request, "gallery/handover.html", context, status=422 if refused else 200)


def _hand_over(request: HttpRequest) -> str:
    leaver = uuids([request.POST.get("leaver", "")])
    if not leaver:
        return "请先选交出客户的同事。"
    to: list[UUID] = uuids(request.POST.getlist("to"))
    reason = request.POST.get("reason", "")[:200]
    try:
        done = hand_over(**acting(request), leaver=leaver[0], to=to, reason=reason)
    except (Refused, KeyReused) as no:
        return str(no.message)
    messages.success(
        request, f"已交接 {done['customers']} 位客户、{done['matters']} 件没办完的事。"
    )
    for one in done["left"]:
        messages.warning(request, f"事项 {one['number']} 没有交出：{one['why']}")
    return ""
