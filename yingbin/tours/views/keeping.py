"""来访资料: which visits have been kept long enough, what would go of them, and clearing them; who did it before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import needs

from ..actions.clearing import clear_visits
from ..forms.keeping import ClearForm
from ..keeping import KEEPING
from ..queries.keeping import AT_ONCE, cleared, due, going


@needs("customers.erase")
@require_http_methods(["GET", "POST"])
def keeping(request: HttpRequest) -> HttpResponse:
    """A preview, the oldest first; sent: what is ticked goes."""
    site, now = site_id(request), timezone.now()
    found = due(site, now)
    rows = list(found[:AT_ONCE])
    form = ClearForm(sent(request), visits=[row.id for row in rows])

    def page() -> HttpResponse:
        context = {
            "form": form, "lines": going(site, rows, now), "ticked": form.ticked, "many": found.count(),
            "policy": KEEPING.in_force(site, now), "cleared": cleared(site), "most": AT_ONCE,
        }  # fmt: skip
        return render(request, "tours/keeping.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda told: clear_visits.given(visits=tuple(told["visits"])),
        page=page,
        then=reverse("tours:keeping"),
        said=lambda done: f"清除了 {done.visits} 次来访的姓名和话、名单上 {done.guests} 位、{done.cards} 张客户卡片。",
    )  # fmt: skip
