"""卷宗: everything about a customer in order, with or without a dispute, on paper, and the packet for an outsider (TQ-11)."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yingbin.customers.queries import Shown, family, shown_as
from yingbin.customers.queries import card as card_of
from yingbin.pages.doing import person_id as me
from yingbin.pages.doing import site_id, status, take_out, tried
from yingbin.people.access import needs
from yingbin.people.here import site_here
from yingbin.people.queries import names_of
from yingbin.sheets.actions import Copy
from yingbin.sheets.models import SheetCopy

from ..actions.casefiles import hand_out_case
from ..forms.cases import CopyForm
from ..models import CaseCopy, Dispute, Ruling
from ..paper import CaseFile, Taking, case_pdf
from ..queries import casefile
from ..queries.facts import Fact
from ..queries.packet import About, pack
from .book import download
from .cases import case_or_404, case_page, file_of_dispute


@dataclass(frozen=True, kw_only=True)
class CustomerFile(CaseFile):
    """All that stands in the file of a customer."""

    number: int
    customer_id: UUID
    disputes: list[Dispute]
    copies: list[CaseCopy]


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_file(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """All that happened with a customer, for the manager and the auditor; no dispute is needed."""
    return _page(request, _of_customer(request, customer_id), CopyForm())


def _page(request: HttpRequest, file: CustomerFile, form: CopyForm) -> HttpResponse:
    context = {**vars(file), "copy": form, "takers": names_of({c.by for c in file.copies})}
    return render(request, "gallery/customer_file.html", context, status=status(form))


@needs("turns.supervise", "journal.verify")
@require_POST
def customer_paper(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """Hands a customer's file out as PDF; the reason is kept."""
    file, form = _of_customer(request, customer_id), CopyForm(request.POST)
    copy = _copy(request, form, file, file.customer_id)
    return _page(request, file, form) if copy is None else copy


@needs("turns.supervise", "journal.verify")
@require_POST
def case_paper(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """Hands a dispute's file out as PDF; the reason is kept."""
    dispute, form = case_or_404(request, dispute_id), CopyForm(request.POST)
    file = file_of_dispute(dispute)
    copy = _copy(
        request, form, file, dispute.customer_id,
        dispute=dispute, parties=file.parties.values(), ruling=file.ruling,
    )  # fmt: skip
    return case_page(request, dispute, copy=form) if copy is None else copy


def _copy(
    request: HttpRequest,
    form: CopyForm,
    file: CaseFile,
    customer_id: UUID,
    *,
    dispute: Dispute | None = None,
    parties: Iterable[str] = (),
    ruling: Ruling | None = None,
) -> HttpResponse | None:
    """The file as PDF once the fact is kept; None where that was refused, and the form says why."""
    if not form.is_valid():
        return None
    why, site = form.cleaned_data["why"], site_here(request)
    who = names_of({me(request)}).get(str(me(request)), "")
    taking = Taking(site.id, site.name, who, timezone.now(), why)
    data = case_pdf(file, taking, parties=parties, ruling=ruling)
    days = [timezone.localtime(f.at).date() for f in file.facts]
    copy = Copy(
        SheetCopy.Form.PDF.value,
        since=min(days, default=None),
        until=max(days, default=None),
        rows=len(days),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    of = dispute.id if dispute else None
    deed = hand_out_case.given(customer_id=customer_id, dispute_id=of, copy=copy, why=why)
    kept = tried(form, lambda: take_out(request, deed))
    return download(data, f"{file.title} {site.name}.pdf") if kept else None


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
        copies=casefile.copies(site, one.id),
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
