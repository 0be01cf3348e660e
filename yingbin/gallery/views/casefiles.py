"""卷宗: everything about a customer in order, with or without a dispute, and the packet for an outsider (TQ-11)."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from yingbin.customers.queries import Shown, family, shown_as
from yingbin.customers.queries import card as card_of
from yingbin.pages.doing import site_id
from yingbin.people.access import needs

from ..models import Dispute
from ..queries import casefile
from ..queries.facts import Fact
from ..queries.packet import About, pack
from .cases import case_or_404, file_of_dispute


@dataclass(frozen=True)
class CustomerFile:
    """All that stands in the file of a customer; people are named by their id."""

    title: str
    number: int
    customer: Shown | None
    customer_id: UUID
    facts: list[Fact]
    names: Mapping[str, str]
    disputes: list[Dispute]


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_file(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """All that happened with a customer, for the manager and the auditor; no dispute is needed."""
    return render(request, "gallery/customer_file.html", vars(_of_customer(request, customer_id)))


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_packet(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The customer's file with the journal and the programs that check both."""
    site, file = site_id(request), _of_customer(request, customer_id)
    about = _about(site, file.customer_id, file.title, file.customer)
    return _packed(site, about, file.facts, file.names, f"customer-{file.number}")


@needs("turns.supervise", "journal.verify")
@require_GET
def packet(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """All of a dispute for someone outside: the file, the journal, and the programs that check both."""
    dispute = case_or_404(request, dispute_id)
    file, site = file_of_dispute(dispute), dispute.site_id
    about = _about(site, dispute.customer_id, file.title, file.customer, dispute)
    return _packed(site, about, file.facts, file.names, f"case-{dispute.number}")


def _of_customer(request: HttpRequest, customer_id: UUID) -> CustomerFile:
    site = site_id(request)
    card = card_of(site, customer_id)
    if card is None:
        raise Http404
    one = card.customer
    facts = casefile.facts(site, one.id)
    return CustomerFile(
        title=f"客户 {one.number} 号的全部经过",
        number=one.number,
        customer=shown_as(site, [one.id]).get(one.id),
        customer_id=one.id,
        facts=facts,
        names=casefile.named(facts),
        disputes=casefile.disputes(site, about=one.id),
    )


def _packed(
    site: UUID, about: About, facts: list[Fact], names: Mapping[str, str], name: str
) -> HttpResponse:
    readme = render_to_string("gallery/case_readme.txt", {"title": about.title})
    packed = pack(site, about, facts, names, at=timezone.now(), readme=readme)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as together:
        for file, data in packed.items():
            together.writestr(file, data)
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename={name}.zip"
    return answer


def _about(
    site: UUID, one: UUID, title: str, shown: Shown | None, dispute: Dispute | None = None
) -> About:
    return About(
        title=title,
        customers=family(site, one),
        called=shown.called if shown else "",
        phone=shown.phone if shown else "",
        dispute=dispute.number if dispute else None,
        parties=dispute.parties if dispute else [],
    )
