"""Pages of many small forms: one that was refused stands open where it was, with its words and why, at its field."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from yingbin.journal.action import Deed
from yingbin.pages.doing import Told, site_id, submit
from yingbin.pages.forms import first_error

from ..forms.folds import FoldForm
from ..models import Visit
from ..queries import history

R = TypeVar("R")


class FoldedPage(Protocol):
    """A page with folds; it shows the one that was refused, and says at its top what is `lost` with its fold."""

    def __call__(
        self, request: HttpRequest, refused_fold: FoldForm | None = None, *, lost: bool = False
    ) -> HttpResponse:
        """The page as it now is."""


def refused_on(request: HttpRequest, page: FoldedPage, form: FoldForm) -> HttpResponse:
    """The page with this form open in its place.

    Where the fold is gone meanwhile, as what it was about is over, the page says at its top why, and what
    had been typed.
    """
    answer = page(request, form)
    if 300 <= answer.status_code < 400:
        messages.error(request, first_error(form))
        return answer
    return answer if form.shown else page(request, form, lost=True)


def sent_in(
    request: HttpRequest,
    page: FoldedPage,
    form: FoldForm,
    deed: Callable[[Told], Deed[R]],
    *,
    then: str | Callable[[R], str],
    said: str = "",
) -> HttpResponse:
    """Does what a fold was sent in for, else the page with the form open."""
    again = partial(refused_on, request, page, form)
    return submit(request, form, deed, page=again, then=then, said=said)


def visit_or_404(request: HttpRequest, visit_id: UUID) -> Visit:
    """A visit of the current site; another site's doesn't exist."""
    visit = history.visit(site_id(request), visit_id)
    if visit is None:
        raise Http404
    return visit
