"""参观路线: parts moved up and down by buttons, added, made longer, taken out; each is a new version (CV-3.2.1)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, submit
from yingbin.people.access import badge_of, needs

from ..actions.preparing import Prepared
from ..actions.routes import set_route
from ..forms.hosting import StopForm
from ..hosting import Stop
from ..queries.hosting import SEES, HostingPage, hosting_page
from ..queries.routes import MOVES, PLACES, moved, proposed
from .hosting import found, page_with

# What must be told beside which part it is.
TELLS = {"add": ("area", "minutes"), "change": ("minutes",)}


@needs(*SEES)
@require_POST
def route(request: HttpRequest, visit_id: UUID, move: str) -> HttpResponse:
    """One change of the way; a refusal stays on the page with what was typed."""
    row = found(request, visit_id)
    if move not in MOVES:
        raise Http404
    shown = hosting_page(badge_of(request), row, timezone.now())
    people = dict(pair for line in shown.route.stops for pair in line.people)
    people |= dict(shown.route.people)
    form = _form(request, move, people)

    def deed(told: Told) -> Deed[Prepared]:
        stops = _stops(shown, move, told["n"], form.stop)
        return set_route.given(visit_id=visit_id, version=told["version"], stops=stops)

    return submit(
        request,
        form,
        deed,
        page=lambda: page_with(request, found(request, visit_id), f"route-{move}", form),
        then=f"{reverse('tours:hosting', args=[visit_id])}#h-route",
    )


def _form(request: HttpRequest, move: str, people: dict[str, str]) -> StopForm:
    which = request.POST.get("n", "")[:4] if move == "change" else "new"
    places, asks = list(PLACES.items()), TELLS.get(move, ())
    return StopForm(request.POST, areas=places, people=list(people.items()), which=which, asks=asks)


def _stops(shown: HostingPage, move: str, n: int | None, stop: Stop) -> tuple[Stop, ...]:
    if move == "fill":
        return proposed(shown.visit)
    kept = [line.stop for line in shown.route.stops]
    return moved(kept, move, -1 if n is None else n, stop)
