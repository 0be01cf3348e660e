"""来宾分析, 预演 and the company's direction of what is served (CV-3.3.2, CV-3.3.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yingbin.journal.action import action
from yingbin.journal.write import Pen
from yingbin.rules.decision import Refused
from yingbin.rules.times import written
from yingbin.rules.tours.visitfile import RECEPTION

from ..models import HostingEvent
from .hosted import Preparation

CLAUSE, SERVED_BY = "CV-3.3.2", "CV-3.3.3"
_KIND = HostingEvent.Kind


@dataclass(frozen=True)
class Prepared:
    """What was written down for a visit."""

    visit: UUID
    index: int


@action("tours.analyse")
def analyse(pen: Pen, *, visit_id: UUID, aims: str, needs: str, care: str = "") -> Prepared:
    """Why the guests come, what they need, what to mind; each time a version more. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("analysis")
    if not aims.strip():
        raise Refused(CLAUSE, "请写来宾为什么来、想达成什么。", about="aims")
    if not needs.strip():
        raise Refused(CLAUSE, "请写来宾想看什么、需要什么。", about="needs")
    last, said = host.hosting.note, (aims.strip(), needs.strip(), care.strip())
    if last is not None and (last.aims, last.needs, last.care) == said:
        raise Refused(CLAUSE, "和上一版一样，没有改动。")
    event = host.write(
        _KIND.NOTE, CLAUSE, {}, dict(zip(("aims", "needs", "care"), said, strict=True))
    )
    host.complete("analysis")
    return Prepared(visit_id, event.index)


@action("tours.sign_rehearsal")
def sign_rehearsal(
    pen: Pen, *, visit_id: UUID, held_at: datetime, passed: bool, mend: str = ""
) -> Prepared:
    """The explanation was rehearsed; it is signed off, or what has to be mended is said. Raises `Refused`.

    Whoever explains doesn't sign for themselves, unless they are reception's only one.
    """
    host = Preparation(pen, visit_id)
    host.owns("rehearsal")
    guide = host.visit.done.get("guide", "")
    if not guide:
        raise Refused(CLAUSE, "讲解员还没有定，先定讲解员，再预演、签认。")
    if guide == pen.by and len(host.company.departments[RECEPTION]) > 1:
        raise Refused(CLAUSE, "讲解的人不能给自己签认，请接待部另一位同事来签。")
    if host.writing.at >= host.visit.window.start:
        raise Refused(CLAUSE, "来访已经开始，预演要在来访之前签认。")
    if not host.row.opened_at <= held_at <= host.writing.at:
        raise Refused(CLAUSE, "预演的时间要在申请以后、现在以前，请改好。", about="held_at")
    if not passed and not mend.strip():
        raise Refused(CLAUSE, "还不能签认的，请写要改什么，讲解的人照着改。", about="mend")
    told = {"held_at": written(held_at.replace(microsecond=0)), "passed": passed, "guide": guide}
    event = host.write(_KIND.REHEARSAL, CLAUSE, told, {"mend": mend})
    if passed:
        host.complete("rehearsal")
    return Prepared(visit_id, event.index)


@action("tours.direct")
def direct(pen: Pen, *, visit_id: UUID, serve: str, directed_by: UUID, said: str = "") -> Prepared:
    """What a leader of the company directed to be served, in their words. Raises `Refused`."""
    host = Preparation(pen, visit_id)
    host.owns("direction")
    leader = str(directed_by)
    if leader not in host.company.approvers | host.company.seniors:
        raise Refused(SERVED_BY, "茶点由公司领导指示，请选是哪一位领导。", about="directed_by")
    if serve == "other" and not said.strip():
        raise Refused(SERVED_BY, "选了“其他”，请写准备什么。", about="said")
    last = host.hosting.direction
    if last and (last.serve, last.directed_by, last.said) == (serve, leader, said.strip()):
        raise Refused(SERVED_BY, "和已经记下的一样，没有改动。")
    host.complete("direction", serve=serve)
    told = {"serve": serve, "directed_by": leader}
    event = host.write(_KIND.DIRECTION, SERVED_BY, told, {"said": said})
    return Prepared(visit_id, event.index)
