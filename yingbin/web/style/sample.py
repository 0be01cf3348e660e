"""A Saturday afternoon at the gallery, for the mocks: the shapes are those the screens get."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from django.utils import timezone

Thing = SimpleNamespace
PEOPLE = ["林悦", "周航", "吴敏", "陈思远", "赵雨桐", "王建国", "孙倩", "何家豪"]
LONG = ["买买提·阿不都热合曼", "欧阳长风", "阿依古丽·吐尔逊", "司马如烟"]
SURNAMES = "钱郑冯卫蒋沈韩杨朱秦许吕张孔曹严华金魏陶姜谢邹苏"
RECEIPTS = ["K7QF-2M9X", "8TR3-W0HC", "PX41-6DNE", "ZG92-V5KA", "3BQ8-J7MS", "T0YR-4XWC"]


def ago(minutes: float) -> datetime:
    """A moment this many minutes back."""
    return timezone.now() - timedelta(minutes=minutes)


def visit(number: int, called: str, size: int, minutes: float, **more: object) -> Thing:
    """A group that came in."""
    given: dict[str, object] = {
        "households": 1,
        "kind": "customer",
        "note": "",
        "id": UUID(int=number),
    }
    given |= dict.fromkeys(("looks", "seat", "looked_for", "recorded_by"), "")
    given |= dict.fromkeys(("customer_id", "undone_at", "late_at", "latest"))
    return Thing(
        number=number, called=called, group_size=size, arrived_at=ago(minutes), **{**given, **more}
    )


def standing(state: str, words: str, minutes: float, **more: object) -> Thing:
    """How a group stands."""
    given = {"who": "", "receiver": None, "calls": 0, "change_asked": None, "not_come": ""}
    return Thing(state=state, words=words, since=ago(minutes), **{**given, **more})


def recent() -> list[Thing]:
    """The latest arrivals: one whose receiver doesn't come, one received, one waiting, one that left."""
    return [
        _arrived(visit(21, "", 2, 1.5), standing("coming", "等王建国接单", 1.4, who="王建国")),
        _arrived(
            visit(17, "刘女士", 3, 39), standing("received", "陈思远正在接待", 38, who="陈思远")
        ),
        _arrived(visit(22, "马先生", 5, 11), standing("waiting", "正在等待", 11)),
        _arrived(visit(16, "钱女士", 1, 70), standing("left", "等待后离开", 52)),
    ]


def _arrived(group: Thing, stands: Thing) -> Thing:
    return Thing(visit=group, standing=stands, latest=None)


def person(place: int, name: str, status: str = "free", **more: object) -> Thing:
    """One line of the queue."""
    given: dict[str, object] = {
        "id": UUID(int=1000 + place),
        "since": None,
        "visit": None,
        "accepted": True,
        "reason": "",
        "passed_over": 0,
        "will_leave": "",
        "make_up": (),
        "owes": 0,
        "counted": 2,
        "next": False,
    }
    return Thing(place=place, name=name, status=status, **{**given, **more})


def queue() -> list[Thing]:
    """Eight salespeople in the middle of the afternoon."""
    return [
        person(
            1, "陈思远", "receiving", since=ago(38), visit=visit(17, "刘女士", 3, 39), counted=3
        ),
        person(2, "林悦", next=True, make_up=("TQ-7",)),
        person(3, "赵雨桐", counted=1),
        person(4, "周航", "away", reason="公事外出", since=ago(52), passed_over=1),
        person(5, "吴敏", owes=1, counted=3),
        person(
            6, "王建国", "receiving", since=ago(1.4), visit=visit(21, "", 2, 1.5), accepted=False
        ),
        person(7, "孙倩", "away", reason="用餐", since=ago(18), counted=4),
        person(
            8,
            "何家豪",
            "receiving",
            since=ago(74),
            visit=visit(14, "唐先生", 4, 75),
            will_leave="用餐",
        ),
    ]


def crowd(count: int = 30) -> list[Thing]:
    """A long queue with long names."""
    names = [*PEOPLE, *LONG, *[f"{s}晓东" for s in SURNAMES]][:count]
    kinds = ["free", "receiving", "free", "away", "receiving", "free", "free", "receiving"]
    people = []
    for place, name in enumerate(names, 1):
        kind = kinds[place % len(kinds)]
        more: dict[str, object] = {"counted": place % 4}
        if kind == "receiving":
            more |= {"since": ago(place * 7), "visit": visit(place + 20, "", place % 5 + 1, 9)}
        if kind == "away":
            more |= {"since": ago(place * 3), "reason": ["用餐", "公事外出", "私事外出"][place % 3]}
        people.append(person(place, name, kind, **more))
    first = next(p for p in people if p.status == "free")
    first.next, first.make_up, people[4].owes = True, ("TQ-6",), 1
    return people


def waiting() -> list[Thing]:
    """Three groups nobody is free for."""
    return [
        Thing(
            visit=visit(22, "马先生", 5, 11, households=2, looks="红外套，带小孩", seat="3 号桌"),
            whom="陈思远",
            whom_id="p1",
            called="马先生",
        ),
        Thing(visit=visit(23, "", 2, 4), whom="", whom_id="", called=""),
        Thing(
            visit=visit(24, "阿不都热合曼先生", 1, 0.4),
            whom="",
            whom_id="",
            called="阿不都热合曼先生",
        ),
    ]


def board(people: list[Thing] | None = None, groups: list[Thing] | None = None) -> Thing:
    """The live picture."""
    people = queue() if people is None else people
    return Thing(
        people=people,
        free=[p for p in people if p.status == "free"],
        busy=[p for p in people if p.status == "receiving"],
        away=[p for p in people if p.status == "away"],
        next=next((p for p in people if p.next), None),
        waiting=waiting() if groups is None else groups,
        gone=["钱晓东"],
        day=Thing(day=timezone.localdate(), opened_at=ago(330)),
    )


def who_next(live: Thing, busy: bool = False) -> list[Thing]:
    """Who would receive each kind of group now."""
    if busy:
        lines = [
            ("new", "新客户", "等待"),
            ("named", "指名", "等本人"),
            ("registered", "老客户", "等本人"),
        ]
        last = [("peer", "同行市调", "等待"), ("enquirer", "问路找人", "不占轮次")]
        return [Thing(kind=k, label=w, name=n, why="") for k, w, n in lines + last]
    free = [p.name for p in live.free]
    rows = [
        ("new", "新客户", live.next.name, "补接优先，队列不动"),
        ("named", "指名", "本人", "在场就由本人接"),
        ("registered", "老客户", "登记接待人", "不在场由末位协助"),
        ("peer", "同行市调", free[-1], "末位空闲，不计次"),
        ("enquirer", "问路找人", "不占轮次", "前台答复即可"),
    ]
    return [Thing(kind=k, label=w, name=n, why=y) for k, w, n, y in rows]


def found() -> list[Thing]:
    """What the box finds for 8821."""
    rows = [
        ("c1", "刘晓燕", "女士", "138****8821", "林悦", 19),
        ("c2", "买买提·阿不都热合曼", "先生", "151****8821", "王建国", 64),
        ("c3", "Schneider", "先生", "+49 ****8821", "", 203),
    ]
    return [
        Thing(
            id=i,
            name=n,
            title=t,
            called=f"{n}{t}",
            phones=[p],
            receiver_id=None,
            receiver_name=r,
            last_seen_at=ago(d * 1440),
        )
        for i, n, t, p, r, d in rows
    ]


DECISIONS = [
    (
        "TQ-1.2",
        "新客户，没有联系过同事，按顺序由王建国接待。周航公事外出，轮空一次。",
        1.5,
        21,
        True,
        "received",
    ),
    (
        "TQ-8",
        "刘女士的登记接待人孙倩不在场，由末位空闲的陈思远协助，不计次，归属不变。",
        39,
        17,
        False,
        "received",
    ),
    ("TQ-9", "找人问路，前台答复即可，不占任何人的轮次。", 44, 20, False, "enquiry"),
    (
        "TQ-6",
        "郑岚与客户当面核实，到访 12 是装修公司，吴敏不计次，补接一次。",
        63,
        12,
        False,
        "claim",
    ),
    (
        "TQ-4",
        "同行市调，已说明来意，由队尾空闲的何家豪接待，不计次。",
        75,
        14,
        False,
        "received",
    ),
    (
        "TQ-11",
        "郑岚更正：吴敏欠一轮。原因：上午代接了林悦的老客户，漏记。",
        96,
        None,
        None,
        "adjust",
    ),
]


def decisions() -> list[Thing]:
    """The latest decisions, newest first."""
    return [
        Thing(
            id=UUID(int=2000 + n),
            clause=clause,
            because=because,
            at=ago(minutes),
            visit=Thing(number=number) if number else None,
            visit_id=UUID(int=number or 0),
            event=Thing(undone=None, event={}),
            receiver=None,
            turn="queue",
            passed_over=[],
            rule_version=4,
            policy_version=2,
            counted=counted,
            kind=kind,
            receipt=RECEIPTS[n],
        )
        for n, (clause, because, minutes, number, counted, kind) in enumerate(DECISIONS)
    ]
