"""信息传递单, 报修: written in twenty seconds; afterwards they are matters (SF-4.3.6, SF-4.4)."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yingbin.pages.doing import sent, site_id, status, submit
from yingbin.people.access import needs

from ..actions import lines
from ..forms import LineForm
from ..queries.picture import picture


@needs("duty.stand")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Writes a slip or a repair."""
    seen = picture(site_id(request), timezone.now())
    me = seen.person(str(request.user.pk))
    first = {"kind": request.GET.get("kind", "slip"), "post": me.at_id if me else ""}
    form = LineForm(sent(request), initial=first).offer(seen)
    return submit(
        request,
        form,
        lambda told: lines.open_line.given(
            kind=told["kind"], post=told["post"], title=told["title"], detail=told["detail"]
        ),
        page=partial(_page, request, form),
        then=reverse("duty:now"),
        said=lambda done: f"已记下，第{done.number}号，由您负责。",
    )


def _page(request: HttpRequest, form: LineForm) -> HttpResponse:
    return render(request, "duty/line.html", {"form": form}, status=status(form))
