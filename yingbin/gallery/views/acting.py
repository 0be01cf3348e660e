"""What the gallery's pages do like all others, and the visit they are about."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from yingbin.pages.doing import acting
from yingbin.people.access import may
from yingbin.people.acting import perform, site_id
from yingbin.people.acting import person_id as me

from ..models import Visit
from ..queries import history

__all__ = ["acting", "may", "me", "perform", "refused_in", "site_id", "visit_or_404"]

Page = Callable[..., HttpResponse]
SAID = b'class="refused"'


def refused_in(
    request: HttpRequest, page: Page, fold: str, of: object = "", **more: object
) -> Callable[[str], HttpResponse]:
    """Makes the page again with this fold open, why it was refused, and what was typed into it.

    Where the fold isn't there any more, as what it was about is over, the page says why at its top.
    """
    typed = {**request.POST.dict(), **more, "fold": fold, "of": str(of)}

    def again(why: str) -> HttpResponse:
        answer = page(request, 422, typed={**typed, "refused": why})
        if SAID in answer.content:
            return answer
        messages.error(request, why)
        return answer if answer.status_code == 302 else page(request, 422)

    return again


def visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit of the current site; another site's doesn't exist."""
    visit = history.visit(site_id(request), visit_id)
    if visit is None:
        raise Http404
    return visit
