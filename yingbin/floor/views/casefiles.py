"""卷宗: everything about a customer in order, with or without a dispute, and the packet for an outsider (TQ-11)."""

import io
import json
import zipfile
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from yingbin.customers.queries import card as card_of
from yingbin.customers.queries import shown_as
from yingbin.journal.bundle import one_file
from yingbin.journal.export import export_lines
from yingbin.people.access import needs

from ..queries import casefile
from .acting import site_id
from .cases import case_or_404, file_of_dispute


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_file(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """All that happened with a customer, for the manager and the auditor; no dispute is needed."""
    return render(request, "floor/customer_file.html", _of_customer(request, customer_id))


@needs("turns.supervise", "journal.verify")
@require_GET
def customer_packet(request: HttpRequest, customer_id: UUID) -> HttpResponse:
    """The customer's file with the journal and the programs that check both."""
    context = _of_customer(request, customer_id)
    number = context["number"]
    return _packed(site_id(request), context, {"customer": number}, f"customer-{number}")


@needs("turns.supervise", "journal.verify")
@require_GET
def packet(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """All of a dispute for someone outside: the file, the journal, and the programs that check both."""
    dispute = case_or_404(request, dispute_id)
    context = file_of_dispute(request, dispute)
    return _packed(dispute.site_id, context, {"dispute": dispute.number}, f"case-{dispute.number}")


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


def _packed(site: UUID, context: dict[str, Any], about: dict[str, Any], name: str) -> HttpResponse:
    facts = casefile.as_json(context["facts"], context["names"])
    case = {"site": str(site), **about, "facts": facts}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("case.json", json.dumps(case, ensure_ascii=False, indent=1))
        packed.writestr("case.html", render_to_string("floor/case_packet.html", context))
        packed.writestr("journal.jsonl", "".join(export_lines(site)))
        packed.writestr("verify.py", one_file())
        source = files("yingbin.floor.offline") / "check_case.py"
        packed.writestr("check_case.py", source.read_text(encoding="utf-8"))
        packed.writestr("README.txt", render_to_string("floor/case_readme.txt", context))
    answer = HttpResponse(out.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f"attachment; filename={name}.zip"
    return answer
