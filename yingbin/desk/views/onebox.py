"""查住户: one box, and what it finds while one types (SD-4.1)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, may, needs

from ..forms.estate import BoxForm
from ..queries.onebox import found


@needs("desk.see", "desk.record")
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The box, and below it what it found."""
    return render(request, "desk/find.html", _found(request))


@needs("desk.see", "desk.record")
@require_POST
def piece(request: HttpRequest) -> HttpResponse:
    """What was found, alone: the slot `found` of whatever page asked with `q`.

    Asked with `picks`, each line is a choice of the form that asked: its `pick` is `<home>|<person>`, either may be empty.
    """
    return render(request, "desk/_found.html", _found(request))


def _found(request: HttpRequest) -> dict[str, object]:
    form = BoxForm(request.POST or None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    return {
        "q": text,
        "found": found(site_id(request), text, badge_of(request)),
        "opens": may(request, "desk.see"),
        "keeps": may(request, "estate.keep"),
        "picks": "picks" in request.POST,
    }
