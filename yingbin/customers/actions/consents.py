"""The customer's consent to their data being kept, under a version of the wording."""

from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.people.calendar import ZONE
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..models import Consent, ConsentWording
from ..queries import is_wording, wording_in_force
from .desk import card


@action("customers.consent")
def consent(
    pen: Pen, *, customer_id: UUID, how: str, given: bool = True, wording_version: str = ""
) -> None:
    """Records consent or its withdrawal. how: a value of `Consent.How`.

    wording_version: what the customer was shown; as shipped or worded by the site, the one in force if empty.
    """
    if how not in Consent.How.values:
        raise Refused(None, "请选择客户是怎样表示同意的。", about="how")
    version = wording_version or wording_in_force(pen.site_id).version
    if not is_wording(pen.site_id, version):
        raise Refused(None, "没有这一版告知内容，请刷新页面后再记录。")
    customer = card(pen, customer_id)
    body = {"customer": str(customer.id), "given": given, "wording": version, "how": how}
    line = pen.append("customer.consent", body)
    Consent.objects.create(
        site_id=pen.site_id,
        customer=customer,
        given=given,
        wording_version=version,
        how=how,
        seq=line.seq,
        at=pen.at,
        by=actor(pen),
    )


@action("customers.word_consent")
def word_consent(pen: Pen, *, text: str) -> str:
    """What customers of the site are told from now on: the new version; earlier consents keep theirs."""
    told = " ".join(text.split())
    if not 20 <= len(told) <= 600:
        words = "告知内容请写 20 到 600 个字：收集什么、做什么用、怎么查看和删除。"
        raise Refused(None, words, about="text")
    if told == wording_in_force(pen.site_id).text:
        raise Refused(None, "和现在的告知内容一样，没有新的版本，不用再发。", about="text")
    before = ConsentWording.objects.filter(site_id=pen.site_id).count()
    version = f"{pen.at.astimezone(ZONE):%Y%m%d}-{before + 1}"
    line = pen.append("consent.worded", {"version": version, "text": told})
    ConsentWording.objects.create(
        site_id=pen.site_id, version=version, text=told, seq=line.seq, at=pen.at, by=actor(pen)
    )
    return version
