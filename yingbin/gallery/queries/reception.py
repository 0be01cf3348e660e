"""What a salesperson sees of the reception under way: steps with their prompts, needs, what is owed (TQ-2, TQ-3)."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ..models import Reception, Step, Visit
from . import register

SHOWN = ("A 户型样板间", "B 户型样板间", "C 户型样板间", "实景园林")
GIVEN = ("楼书", "户型图", "价目表", "按揭测算", "名片", "小礼品")


@dataclass(frozen=True)
class Guide:
    """One step as the page shows it: what to say, what to tick, whether it was done."""

    which: str
    title: str
    clause: str
    prompt: str
    say: str = ""
    things: tuple[str, ...] = ()
    things_label: str = ""
    done: list[Step] = field(default_factory=list)

    @property
    def last(self) -> Step | None:
        """The latest time it was done."""
        return self.done[-1] if self.done else None


# What people may read out or keep in mind; our own wording of TQ-2.
_GUIDES: tuple[dict[str, Any], ...] = (
    {
        "which": "model",
        "title": "沙盘讲解",
        "clause": "TQ-2.1",
        "prompt": "先问好、自我介绍，再对着沙盘讲区位、配套、楼栋。边讲边问：想要多大、几房、几层，自己住还是给家人。",
        "say": "您好，我是您的置业顾问，先带您看看整个小区的样子，好吗？",
    },
    {
        "which": "flat",
        "title": "看样板间",
        "clause": "TQ-2.2",
        "prompt": "顺着客户的喜好讲这一户的好处；请客户穿鞋套，照看陈设和整洁，有损坏或脏乱当场报。",
        "say": "您刚才说想要朝南的三房，这一户正好，我们进去看看。",
        "things": SHOWN,
        "things_label": "看了哪些",
    },
    {
        "which": "talk",
        "title": "洽谈",
        "clause": "TQ-2.3",
        "prompt": "请坐、递资料和名片、问喝点什么。解答疑问，把价格、付款方式、按揭说细，再按喜好着力推荐一两套。",
        "say": "您先坐，喝点热茶还是温水？我给您算一下首付和月供。",
        "things": GIVEN,
        "things_label": "给了哪些资料",
    },
    {
        "which": "farewell",
        "title": "送客",
        "clause": "TQ-2.4",
        "prompt": "送到门口道别；让客户知道好房源走得快，话说得轻一点；约好下次什么时候联系。",
        "say": "您看中的那几套关注的人不少，您和家里商量好随时找我，我帮您留意着。",
    },
)


def guides(visit: Visit) -> list[Guide]:
    """The four steps of a visit with what was done of each; one query."""
    done = register.steps_of(visit)
    return [Guide(**g, done=[s for s in done if s.which == g["which"]]) for g in _GUIDES]


def received_now(site_id: UUID, staff_id: UUID) -> UUID | None:
    """The visit this person receives now."""
    open_one = Reception.objects.filter(site_id=site_id, receiver=staff_id, ended_at__isnull=True)
    return open_one.values_list("visit_id", flat=True).first()


def offered(which: str) -> tuple[str, ...]:
    """What may be ticked at a step."""
    return next((g.get("things", ()) for g in _GUIDES if g["which"] == which), ())
