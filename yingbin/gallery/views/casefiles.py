"""卷宗: everything about a customer in order, with or without a dispute, and the packet for an outsider (TQ-11)."""

import io
import zipfile
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.customers.queries import card as card_of
from yingbin.customers.queries import family, shown_as
from yingbin.people.access import needs

from ..queries import casefile
from ..queries.packet import About, pack
from .acting import site_id
from .cases import case_or_404, file_of_dispute


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_file(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """All that happened with a customer, for the manager and the auditor; no dispute is needed."""
    return render(request, "gallery/customer_file.html", _of_customer(request, customer_id))


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_packet(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The customer's file with the journal and the programs that check both."""
    site, context = site_id(request), _of_customer(request, customer_id)
    about = _about(site, context, context["customer_id"])
    return _packed(site, context, about, f"customer-{context['number']}")


@needs("turns.supervise", "journal.verify")
@require_GET
def packet(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """All of a dispute for someone outside: the file, the journal, and the programs that check both."""
    dispute = case_or_404(request, dispute_id)
    context = file_of_dispute(request, dispute)
    of = {"dispute": dispute.number, "parties": dispute.parties}
    about = _about(dispute.site_id, context, dispute.customer_id, **of)
    return _packed(dispute.site_id, context, about, f"case-{dispute.number}")


def _of_customer(request: HttpRequest, customer_id: UUID) -> dict[str, Any]:
    site = site_id(request)
    card = card_of(site, customer_id)
    if card is None:
        raise Http404
    one = card.customer
    facts = casefile.facts(site, one.id)
    return {
        "title": f"客户 {one.number} 号的全部经过",
        "number": one.number,
        "customer": shown_as(site, [one.id]).get(one.id),
        "customer_id": one.id,
        "facts": facts,
        "names": casefile.named(facts),
        "disputes": casefile.disputes(site, about=one.id),
    }


def _packed(site: UUID, context: dict[str, Any], about: About, name: str) -> HttpResponse:
    readme = render_to_string("gallery/case_readme.txt", context)
    packed = pack(site, about, context["facts"], context["names"], at=timezone.now(), readme=readme)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as together:
        for file, data in packed.items():
            together.writestr(file, data)
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename={name}.zip"
    return answer


def _about(site: UUID, context: dict[str, Any], one: UUID, **dispute: Any) -> About:
    ids = family(site, one)
    shown = context["customer"]
    return About(
        title=context["title"],
        customers=ids,
        called=shown.called if shown else "",
        phone=shown.phone if shown else "",
        **dispute,
    )
