"""扫码报修: a fault told without a login is unconfirmed until somebody on duty confirms or dismisses it (SF-4.4)."""

from datetime import datetime, timedelta
from uuid import UUID

from yingbin.files.actions import attach
from yingbin.journal.action import action
from yingbin.journal.commit import commit_to, committed
from yingbin.journal.write import Pen
from yingbin.people.rows import actor
from yingbin.rules.decision import Refused

from ..files import FAULT
from ..models import Asset, FaultReport
from ..telling import tell_of_fault
from .happen import today
from .lines import Details, LineOpened, open_line_within

CLAUSE = "SF-4.4"
# Strangers are slowed down by what lies there already: nothing about themselves is kept for it.
WAITING_OF_ONE, AN_HOUR = 3, 20
FULL = "这台设备的故障已经有人报过，值班人员正在看，谢谢您。"
CROWDED = "现在报故障的人很多，请直接告诉身边的接待员，谢谢您。"


def check_room(asset: Asset, at: datetime) -> None:
    """Whether one more fault is taken of an asset, and at its place in an hour. Raises `Refused`."""
    here = FaultReport.objects.filter(site_id=asset.site_id)
    if here.filter(asset=asset, state=FaultReport.State.WAITING).count() >= WAITING_OF_ONE:
        raise Refused(CLAUSE, FULL)
    if here.filter(made_at__gt=at - timedelta(hours=1)).count() >= AN_HOUR:
        raise Refused(CLAUSE, CROWDED)


@action("duty.tell_fault")
def tell_fault(pen: Pen, *, mark: str, words: str, photos: tuple[UUID, ...] = ()) -> UUID:
    """A fault of the asset with this label, in a stranger's words; those on duty hear of it."""
    asset = Asset.objects.filter(site_id=pen.site_id, mark=mark, given_up_at__isnull=True).first()
    if asset is None:
        raise Refused(CLAUSE, "这张标签已经停用，请直接告诉身边的接待员。")
    text = words.strip()[:300]
    if not text:
        raise Refused(CLAUSE, "请用一句话写下哪里坏了。", about="words")
    check_room(asset, pen.at)
    kept = commit_to(words=text)
    row = FaultReport(site_id=pen.site_id, asset=asset, words=text, made_at=pen.at, salt=kept.salt)
    body: dict[str, object] = {"fault": str(row.id), "asset": str(asset.id), "words": kept.words}
    row.seq = pen.append("duty.fault", body, clause=CLAUSE).seq
    row.save(force_insert=True)
    if photos:
        attach(pen, about=(FAULT.id, row.id), files=photos)
    tell_of_fault(pen, asset)
    return row.id


@action("duty.confirm_fault")
def confirm_fault(
    pen: Pen, *, fault: UUID, post: UUID, photos: tuple[UUID, ...] = ()
) -> LineOpened:
    """It is so: whoever confirms it writes the repair and owns it, with the stranger's words and photo."""
    row = _waiting(pen, fault)
    details = Details(asset=row.asset_id, photos=photos)
    title = f"{row.asset.name}：{row.words}"
    opened = open_line_within(
        today(pen), kind="repair", post=post, title=title[:80], detail=row.words, details=details
    )
    row.matter_id = opened.matter
    _decide(pen, row, FaultReport.State.CONFIRMED, "")
    return opened


@action("duty.dismiss_fault")
def dismiss_fault(pen: Pen, *, fault: UUID, reason: str) -> None:
    """It is not so, or known already, with a word."""
    why = reason.strip()[:200]
    if not why:
        raise Refused(CLAUSE, "请写一句为什么不成立，例如：试过，是好的。", about="reason")
    _decide(pen, _waiting(pen, fault), FaultReport.State.DISMISSED, why)


def _waiting(pen: Pen, fault: UUID) -> FaultReport:
    found = FaultReport.objects.filter(
        site_id=pen.site_id, id=fault, state=FaultReport.State.WAITING
    )
    row = found.select_related("asset").first()
    if row is None:
        raise Refused(CLAUSE, "这一条已经有人处理了，请刷新页面。")
    return row


def _decide(pen: Pen, row: FaultReport, state: FaultReport.State, why: str) -> None:
    # The salt of the words is the row's for its whole life, so the reason is committed to under it too.
    words = committed({"reason": why}, row.salt)
    row.state, row.reason = state, why
    row.decided_at, row.decided_by = pen.at, actor(pen)
    body: dict[str, object] = {
        "fault": str(row.id), "state": str(state), "words": words,
        "matter": str(row.matter_id) if row.matter_id else None,
    }  # fmt: skip
    pen.append("duty.fault_decided", body, clause=CLAUSE)
    row.save(update_fields=["state", "reason", "decided_at", "decided_by", "matter_id"])
