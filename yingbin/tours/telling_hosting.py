"""Who hears of a visit's preparation: leaders who are asked, reception of what they say, those above of what is missing."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from yingbin.journal.write import Pen
from yingbin.notices.actions import tell
from yingbin.people.calendar import ZONE
from yingbin.people.queries import names_of
from yingbin.rules.tours.visitfile import RECEPTION, Company

from .hosting import Companion
from .models import TourVisit


def hosting_page(visit_id: UUID) -> str:
    """The page of a visit's preparation."""
    return reverse("tours:hosting", args=[visit_id])


def answer_page(visit_id: UUID, ask: int) -> str:
    """Where a leader answers."""
    return reverse("tours:companion", args=[visit_id, ask])


def when_of(row: TourVisit) -> str:
    """A visit's number and time."""
    start, end = row.starts_at.astimezone(ZONE), row.ends_at.astimezone(ZONE)
    return f"{row.said} 号 · {start:%-m 月 %-d 日 %H:%M}—{end:%H:%M}"


def called(row: TourVisit) -> str:
    """How a visit is called."""
    return f"{row.visitor or '来访'} {row.headcount} 人"


def tell_of_ask(pen: Pen, row: TourVisit, ask: int, who: UUID) -> None:
    """A leader is asked to accompany guests."""
    tell(
        pen,
        to=[who],
        kind="tours.companion",
        title=f"请您陪同：{called(row)}",
        body=f"{when_of(row)}。能不能陪同，请点开答复；没空可以推荐一位代替。",
        link=answer_page(row.id, ask),
        urgent=True,
        clause="CV-3.3.3",
        listed=True,
        aloud="有一批客人请您陪同",
    )


def tell_of_answer(
    pen: Pen, row: TourVisit, one: Companion, answer: str, deputy: str, company: Company
) -> None:
    """Reception hears what a leader said; no reason, which stands on the page."""
    names = names_of([UUID(who) for who in (one.who, deputy) if who])
    who = names.get(one.who, "领导")
    says = f"{who}能陪同" if answer == "confirmed" else f"{who}没空陪同"
    instead = f"建议请{names.get(deputy, '另一位')}。" if deputy else "请另请一位。"
    tell(
        pen,
        to=[UUID(p) for p in sorted(company.departments[RECEPTION]) if p != pen.by],
        kind="tours.companion_answer",
        title=f"{says}：{called(row)}",
        body=f"{when_of(row)}。{'' if answer == 'confirmed' else instead}",
        link=hosting_page(row.id),
        urgent=answer == "declined",
        clause="CV-3.3.3",
        aloud="有一位领导没空陪同" if answer == "declined" else "",
    )


def tell_of_drop(pen: Pen, row: TourVisit, who: UUID) -> None:
    """A leader isn't needed."""
    tell(
        pen,
        to=[who] if str(who) != pen.by else [],
        kind="tours.companion",
        title=f"不用陪同了：{called(row)}",
        body=f"{when_of(row)}。",
        link=hosting_page(row.id),
        clause="CV-3.3.3",
    )


def tell_of_no_rehearsal(
    pen: Pen, row: TourVisit, to: Iterable[str], due: str, *, listed: bool
) -> None:
    """The rehearsal of an important visit isn't signed off, told upward; listed: they may sign it themselves."""
    tell(
        pen,
        to=[UUID(who) for who in sorted(to)],
        kind="tours.rehearsal",
        title=f"预演还没有签认：{called(row)}",
        body=f"{when_of(row)}。{due}前要签认，请催讲解员预演，没有预演不算准备好。",
        link=hosting_page(row.id),
        urgent=True,
        clause="CV-3.3.2",
        listed=listed,
        aloud="有一次接待的预演还没有签认",
    )


def tell_of_no_list(pen: Pen, row: TourVisit, to: Iterable[str]) -> None:
    """Minors come, and nobody has named them: those who can ask the guests for the list are told."""
    tell(
        pen,
        to=[UUID(who) for who in sorted(to)],
        kind="tours.minors",
        title=f"未成年人的名单还没交：{called(row)}",
        body=f"{when_of(row)}。请联系带队的人，今天就把名单补上，写明每位由谁照看；没有名单，到门岗要逐个核对。",
        link=reverse("tours:guests", args=[row.id]),
        urgent=True,
        clause="CV-4.1",
        aloud="有一次来访，未成年人的名单还没交",
    )


def tell_of_no_answer(pen: Pen, row: TourVisit, one: Companion) -> None:
    """A leader who was asked hasn't answered: they and whoever asked are reminded."""
    name = names_of([UUID(one.who)]).get(one.who, "领导")
    tell(
        pen,
        to=[UUID(one.who)],
        kind="tours.companion",
        title=f"请答复能不能陪同：{called(row)}",
        body=f"{when_of(row)}。",
        link=answer_page(row.id, one.number),
        urgent=True,
        clause="CV-3.3.3",
        listed=True,
        aloud="有一批客人请您陪同，还等您答复",
    )
    tell(
        pen,
        to=[one.mark.by] if one.mark.by else [],
        kind="tours.companion_answer",
        title=f"{name}还没有答复陪同：{called(row)}",
        body=f"{when_of(row)}。请当面或电话问一下，可以代记。",
        link=hosting_page(row.id),
        clause="CV-3.3.3",
    )
