"""《物品损坏报告单》 goes to the developer's department by mail, or by hand; who sent it to whom, when (SF-4.3.4)."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from yingbin.journal.action import action
from yingbin.journal.commit import commit_to
from yingbin.journal.write import Pen
from yingbin.matters.models import Matter
from yingbin.notices import channels
from yingbin.notices.actions import tell
from yingbin.people.rows import actor, next_number
from yingbin.rules.decision import Refused

from ..models import ReportSending

CLAUSE = "SF-4.3.4"
NO_MAIL = "安装时没有设邮件渠道，发不了邮件。请下载报告单自己送去，再在这里记下交给了谁。"
State, Way = ReportSending.State, ReportSending.Way


@action("duty.send_report")
def send_report(pen: Pen, *, matter: UUID, way: str, to_whom: str) -> UUID:
    """Sends a damage's report by mail, also for another time, or keeps to whom it was handed.

    Raises `Refused` for what is no damage of this place, no address, and where the installation sends no mail.
    """
    damage = Matter.objects.filter(site_id=pen.site_id, id=matter, kind="damage").first()
    if damage is None:
        raise Refused(CLAUSE, "这里没有这张物品损坏单，请回到「单子」里找。")
    told = _to(way, to_whom.strip())
    who, mail = actor(pen), way == Way.MAIL
    assert who is not None
    kept = commit_to(to_whom=told)
    row = ReportSending(
        site_id=pen.site_id, matter=damage, way=way, to_whom=told, at=pen.at, by=who, salt=kept.salt,
        number=next_number(ReportSending, pen.site_id, matter=damage),
        state=State.QUEUED if mail else State.SENT,
        next_try_at=pen.at if mail else None, sent_at=None if mail else pen.at,
    )  # fmt: skip
    body: dict[str, object] = {
        "sending": str(row.id), "matter": str(damage.id), "number": row.number, "way": way,
        "words": kept.words,
    }  # fmt: skip
    row.seq = pen.append("duty.report_sending", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    return row.id


def _to(way: str, to_whom: str) -> str:
    if way == Way.HAND:
        if not to_whom:
            raise Refused(CLAUSE, "请写交给了谁，例如：地产公司工程部 李工。", about="to_whom")
        return to_whom[:100]
    if way != Way.MAIL:
        raise Refused(CLAUSE, "请选用邮件发，还是记下自己送的。")
    try:
        validate_email(to_whom)
    except ValidationError:
        raise Refused(
            CLAUSE, "邮箱写得不对，例如 gongcheng@example.com。", about="to_whom"
        ) from None
    if not channels.mailing():
        raise Refused(CLAUSE, NO_MAIL)
    return to_whom


@action("duty.report_sent")
def report_sent(pen: Pen, *, sending: UUID, ok: bool, sha256: str = "", error: str = "") -> None:
    """The worker's: it went, or it was tried often enough; whoever sent it hears of the latter."""
    row = ReportSending.objects.select_related("matter").get(site_id=pen.site_id, id=sending)
    if row.state in (State.SENT, State.GIVEN_UP):
        return
    row.state, row.next_try_at = State.SENT if ok else State.GIVEN_UP, None
    row.sent_at, row.sha256, row.error = pen.at if ok else None, sha256, error[:120]
    body = {"sending": str(row.id), "state": str(row.state), "sha256": sha256}
    pen.append("duty.report_sent", body, clause=CLAUSE)
    row.save()
    if not ok:
        tell(
            pen,
            to=[row.by],
            kind="duty.damage",
            title=f"报告单没有发成：{row.matter.title}",
            body=f"{row.error}。请核对邮箱再发一次，或下载后自己送去。",
            link=f"/duty/line/{row.matter_id}/sending/",
            clause=CLAUSE,
        )
