"""The certificate of a day as PDF."""

from collections.abc import Mapping

from django.utils import timezone

from yingbin.files.paper import pdf_of

from .models import DayCertificate


def title_of(found: DayCertificate) -> str:
    """What a certificate is called: of a gallery's day that its order was fair, of any other that its records are whole."""
    return "当日记录证书" if "sealed" in found.body else "公平证书"


def _signed_after(body: Mapping[str, object]) -> str:
    after = f"签于记录链第 {body['journal_seq']} 条之后"
    return f"第 {body['rule_version']} 版，{after}" if "rule_version" in body else after


def certificate_pdf(found: DayCertificate, *, site: str, stands: bool) -> bytes:
    """What the page of the certificate says, on A4; `stands`: whether no later closing replaced it."""
    body = found.body
    findings = [
        {
            "mark": "成立" if f["holds"] else "不成立",
            "words": f"{f['sentence']}{f.get('broken') or ''}",
            "clause": f["clause"],
            "checked": f["checked"],
        }
        for f in body["findings"]
    ]
    warning = "这一天收场后又重新开过场，以新的证书为准。" if not stands else ""
    facts = {
        "回执码": found.receipt,
        "签名密钥": found.key_id,
        "签名": found.signature,
        "规则": _signed_after(body),
        "核验": "bin/yingbin certificate verify 文件",
    }
    if body.get("replaces"):
        facts["代替"] = f"回执码 {body['replaces']['receipt']} 的那一张"
    return pdf_of(
        "certificate",
        {
            "title": title_of(found),
            "site": site,
            "day": f"{found.day:%Y年%m月%d日}",
            "verdict": "当天各项核对全部成立" if found.holds else "有一项不成立，见下",
            "warning": warning,
            "findings": findings,
            "facts": facts,
            "foot": f"{site}　签于 {timezone.localtime(found.at):%Y-%m-%d %H:%M}",
        },
    )
