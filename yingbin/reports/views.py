"""数字: a day, a week or a month in pictures; one's own; the certificate of a day."""

import json
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.pages.asked import paged
from yingbin.pages.doing import site_id
from yingbin.people.access import badge_of, needs

from . import charts, queries
from .models import DayCertificate
from .paper import certificate_pdf, title_of

GAIN_WORDS = (
    "每来一批按轮次接待的客户，当时在岗的每个人各得一份机会；机会加起来是应得的次数，"
    "实际轮到的减去应得的就是差。指名和老客户不算在内。"
)
# A day's certificate hangs on the wall: whoever sees its decisions or figures, oversees the place or proves its journal.
MAY_SEE = ("turns.see", "figures.see", "matters.oversee", "journal.verify")
KINDS = [("day", "日"), ("week", "周"), ("month", "月")]


def _asked(request: HttpRequest) -> tuple[str, date]:
    kind = request.GET.get("kind", "week")
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = timezone.localdate()
    return (kind if kind in dict(KINDS) else "week"), min(
        max(day, date(2000, 1, 1)), date(2100, 1, 1)
    )


@needs("figures.see", "figures.own")
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The period's figures; a salesperson sees the team's sums and their own line."""
    kind, day = _asked(request)
    since, until = queries.period(kind, day)
    found = queries.figures(site_id(request), since, until)
    everyone = badge_of(request).may("figures.see")
    people = [p for p in found.people if everyone or p.id == str(request.user.pk)]
    certificates = queries.certificates(site_id(request)).filter(day__range=(since, until))
    context = {
        "kind": kind,
        "kinds": KINDS,
        "found": found,
        "day": day,
        "before": since - timedelta(days=1),
        "after": until + timedelta(days=1),
        "people": people,
        "everyone": everyone,
        "gain_words": GAIN_WORDS,
        "certificates": list({c.day: c for c in reversed(certificates)}.values())[::-1],
        **_pictures(found, people),
    }
    return render(request, "reports/figures.html", context)


def _pictures(found: queries.Figures, people: list[queries.PersonLine]) -> dict[str, object]:
    return {
        "hours": charts.columns(found.hours),
        "sources": charts.rows(found.sources),
        "wishes": [
            (title, charts.rows(values))
            for title, values in (
                ("户型", found.rooms),
                ("面积", found.areas),
                ("预算", found.budgets),
                ("用途", found.purposes),
            )
            if values
        ],
        "counted": charts.rows({p.name: p.counted for p in people}),
        "gains": charts.differences({p.name: p.gain for p in people}),
    }


def _certificate_or_404(request: HttpRequest, day: str) -> DayCertificate:
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    found = queries.certificates(site_id(request)).filter(day=wanted).first()
    if found is None:
        raise Http404
    return found


@needs(*MAY_SEE)
@require_GET
def certificate(request: HttpRequest, day: str) -> HttpResponse:
    """The certificate of a day, for the wall."""
    found = _certificate_or_404(request, day)
    context = {"c": found, "stands": queries.stands(found), "title": title_of(found)}
    return render(request, "reports/certificate.html", context)


@needs("matters.oversee", "journal.verify")
@require_GET
def certificates(request: HttpRequest) -> HttpResponse:
    """Every day's certificate of this place, the newest first."""
    page = paged(request.GET, queries.certificates(site_id(request)))
    return render(request, "reports/certificates.html", {"page": page})


@needs(*MAY_SEE)
@require_GET
def certificate_file(request: HttpRequest, day: str) -> HttpResponse:
    """The certificate as a file that `bin/yingbin certificate verify` checks."""
    found = _certificate_or_404(request, day)
    body = {**found.body, "signature": found.signature, "receipt": found.receipt}
    text = json.dumps(body, ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename=certificate-{found.day}.json"
    return answer


@needs(*MAY_SEE)
@require_GET
def certificate_paper(request: HttpRequest, day: str) -> HttpResponse:
    """The certificate as PDF, for whoever gets it outside the house."""
    found = _certificate_or_404(request, day)
    site = request.site.name
    made = certificate_pdf(found, site=site, stands=queries.stands(found))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename=certificate-{found.day}.pdf"
    return answer
