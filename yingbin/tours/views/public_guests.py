"""The list of those who come, on the visitor's own phone, by the private link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yingbin.pages.doing import sent, status, submit
from yingbin.pages.doors import open_to_all

from ..actions.guests import keep_list
from ..folding import ENDED
from ..forms.guests import GuestsForm
from ..minors import EARLY
from ..queries.guests import guest_list
from .public import language, private_visit, visitor


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def guests(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    """Who comes, one a line; what was typed stays when something is wrong."""
    site, row = private_visit(code, secret)
    lang, told = language(request, row.language), guest_list(row)
    form = GuestsForm(sent(request), lines=told.lines, seen=told.stamp, english=lang == "en")
    back = f"{reverse('tours:follow', args=[code, secret])}{'?lang=en' if lang == 'en' else ''}"

    def page() -> HttpResponse:
        context = {
            "form": form, "site": site, "row": row, "lang": lang, "back": back, "told": told, "ended": row.status in ENDED,
            "early": EARLY[lang] if told.minors.missing else "",
        }  # fmt: skip
        return render(request, "tours/public_guests.html", context, status=status(form))

    return submit(
        request,
        form,
        lambda words: keep_list.given(visit_id=row.id, guests=form.guests, seen=words["seen"]),
        page=page,
        then=back,
        who=visitor(request, site.id),
    )
