"""涂掉文字: looked for by a name, a number, a word; ticked, and emptied for ever (TQ-11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yingbin.pages.doing import site_id, status, submit
from yingbin.people.access import needs

from ..actions.written import erase_words
from ..forms.written import EraseWordsForm
from ..mentions import everywhere
from ..written import SHORTEST

LONGEST = 40


@needs("customers.erase")
@require_http_methods(["GET", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """What contains the words looked for, and the request to empty it; nothing typed stands in an address."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    found = everywhere(site_id(request), text)
    form = EraseWordsForm(request.POST if "because" in request.POST else None).offer(found)

    def page() -> HttpResponse:
        shown = {"text": text, "found": found, "form": form, "short": 0 < len(text) < SHORTEST}
        return render(request, "duty/words.html", shown, status=status(form))

    return submit(
        request,
        form,
        lambda told: erase_words.given(
            text=text, chosen=tuple(told["chosen"]), because=told["because"]
        ),
        page=page,
        then=reverse("duty:words"),
        said=lambda many: f"已涂掉 {many} 处，不能恢复。",
    )
