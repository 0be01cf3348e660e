"""The customer's consent to their data being kept, under a version of the wording."""

from datetime import datetime
from typing import Any
from uuid import UUID

from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused

from ..models import Consent
from ..wording import CURRENT, WORDINGS
from .desk import actor, card, one_write


def record_consent(
    *, pen: Pen, customer_id: UUID, how: str, given: bool = True, wording_version: str = CURRENT
) -> Consent:
    """Records consent or its withdrawal (inside a write). how: a value of `Consent.How`."""
    if how not in Consent.How.values:
        raise Refused(None, "请选择客户是怎样表示同意的。")
    if wording_version not in WORDINGS:
        raise Refused(None, "告知内容已经更新，请刷新页面后再记录。")
    customer = card(pen, customer_id)
    body = {
        "customer": str(customer.id),
        "given": given,
        "wording": wording_version,
        "how": how,
    }
    line = pen.append("customer.consent", body)
    return Consent.objects.create(
        site_id=pen.site_id,
        customer=customer,
        given=given,
        wording_version=wording_version,
        how=how,
        seq=line.seq,
        at=pen.at,
        by=actor(pen),
    )


def consent(
    *,
    site_id: UUID,
    key: str,
    by: UUID,
    at: datetime,
    customer_id: UUID,
    how: str,
    given: bool = True,
    wording_version: str = CURRENT,
) -> dict[str, Any]:
    """Records consent or its withdrawal as a write of its own."""

    def work(pen: Pen) -> dict[str, Any]:
        record_consent(
            pen=pen,
            customer_id=customer_id,
            how=how,
            given=given,
            wording_version=wording_version,
        )
        return {"customer": str(customer_id), "given": given}

    payload = {
        "customer": str(customer_id),
        "how": how,
        "given": given,
        "wording": wording_version,
    }
    return one_write(
        site_id=site_id, key=key, verb="consent", by=by, at=at, payload=payload, work=work
    )
