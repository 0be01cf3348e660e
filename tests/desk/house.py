"""An estate office in the middle of its work: one matter at every stage of every kind, made once for a whole file."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from yingbin.desk.actions import estate
from yingbin.desk.actions.happen import Record
from yingbin.desk.actions.verbs import guide, record, remark
from yingbin.desk.models import DeskEvent, DeskMatter, DeskNote, DeskOffice, Home
from yingbin.desk.places import of_home
from yingbin.files.models import StoredFile
from yingbin.journal.models import Ledger
from yingbin.matters.models import Matter, MatterStep
from yingbin.notices.models import Notice

from .residence import Residence

Said = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Scene:
    """How far a matter has come. after: the scene it goes on from; by: who wrote it down."""

    kind: str
    steps: tuple[Said, ...] = ()
    by: str = "苏"
    told: Mapping[str, Any] = field(default_factory=dict)


def on(scene: Scene, *steps: Said) -> Scene:
    """The same, some steps further."""
    return Scene(scene.kind, (*scene.steps, *steps), scene.by, scene.told)


def _chain(first: Scene, **steps: Said) -> dict[str, Scene]:
    """Scenes that follow one another."""
    found: dict[str, Scene] = {}
    for name, step in steps.items():
        first = found[name] = on(first, step)
    return found


TO_WORKS: Said = ("苏", "offer", {"to": "工程部"})
TAKEN: tuple[Said, ...] = (TO_WORKS, ("钱", "accept", {}))
EIGHTY = {"amount": 8000}
HELP, PAID = Scene("help"), Scene("paid")
TOLD: Said = ("苏", "tell", {})
SCENES: dict[str, Scene] = {
    "咨询": Scene("enquiry"),
    "答了的咨询": Scene("enquiry", (("苏", "answer", {"text": "六点开门"}),)),
    "当场答的咨询": Scene("enquiry", told={"answer": "六点开门"}),
    "求助": HELP,
    "响应了的求助": on(HELP, ("苏", "respond", {})),
    "停着的求助": on(HELP, ("苏", "respond", {}), ("苏", "pause", {"reason": "parts"})),
    "夜里的求助": Scene("help", by="石"),
    "紧急的求助": Scene("help", told={"urgent": True}),
    "退过两次的求助": on(HELP, *(TO_WORKS, ("钱", "decline", {"reason": "不归我们"})) * 2),
    "到主管的求助": on(HELP, *(TO_WORKS, ("钱", "decline", {"reason": "不归我们"})) * 2, TO_WORKS),
    "取消的求助": on(HELP, ("苏", "cancel", {"reason": "withdrawn"})),
    **_chain(
        HELP, 转着的求助=TO_WORKS, 接了的求助=TAKEN[1], 到场的求助=("钱", "arrive", {}),
        办好的求助=("钱", "done", {}), 办结的求助=TOLD,
    ),
    "有偿": PAID,
    **_chain(
        on(PAID, *TAKEN), 到场的有偿=("钱", "arrive", {}), 报价的有偿=("钱", "quote", EIGHTY),
        同意的有偿=("苏", "agree", {"agreed": True, **EIGHTY}), 开工的有偿=("钱", "start", {}),
        完工的有偿=("钱", "done", {"signed": True, **EIGHTY}), 办结的有偿=TOLD,
    ),
    "建议": Scene("suggestion"),
    **_chain(
        Scene("suggestion"), 分析了的建议=("苏", "analyse", {"note": "三十户同意"}),
        上报的建议=("苏", "report", {}), 再上报的建议=("林", "report", {}),
    ),
    "投诉": Scene("complaint"),
    **_chain(
        Scene("complaint"), 受理的投诉=("苏", "respond", {}), 定级的投诉=("苏", "assess", {"severity": "major"}),
        查过的投诉=("苏", "investigate", {"note": "看了监控"}), 有方案的投诉=("苏", "answer", {"text": "停工"}),
        告知的投诉=TOLD, 办结的投诉=("苏", "agree", {"agreed": True}),
    ),
}  # fmt: skip


class House(Residence):
    """The office with its matters by the name of their scene; each is of a home of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.at: dict[str, UUID] = {}

    def named(self, value: Any) -> Any:
        """What a table says by name: a person, a department, a matter."""
        if not isinstance(value, str):
            return value
        groups = {"工程部": self.works, "绿化部": self.green}
        if value in groups:
            return f"department:{groups[value].id}"
        if value in self.staff:
            return str(self.id(value))
        return str(self.at[value]) if value in self.at else value

    def says(self, by: str, event: str, scene: str, **fields: Any) -> str:
        """Something happens to the matter of a scene, everything by name; the sentence."""
        one, told = self.at[scene], {name: self.named(value) for name, value in fields.items()}
        return self.act(by, event, one, **told)

    def known(self, home: UUID, who: UUID, name: str = "张先生的事", **told: Any) -> UUID:
        """A matter of a home that a resident told; its scene is its title."""
        place = of_home(home, Home.objects.get(id=home).label)
        said = {"kind": "help", "subject": "leak", "source": "call", "caller": "张先生", **told}
        done = self.do(record, "苏", told=Record(place=place, title=name, customer_id=who, **said))
        self.at[name] = done.matter
        return self.at[name]

    def begin(self, name: str) -> UUID:
        """A scene is played in a home of its own."""
        scene = SCENES[name]
        told = {"home": f"8-1-{len(self.at) + 101}", "title": name, **scene.told}
        one = self.at[name] = self.record(scene.by, scene.kind, **told)
        for by, event, fields in scene.steps:
            self.says(by, event, name, **fields)
        return one

    def whole(self) -> dict[str, object]:
        """All that is stored of the desk; what is refused leaves it as it was."""
        rows = {
            model.__name__: list(model._default_manager.filter(site_id=self.site).order_by("id").values())
            for model in (DeskMatter, DeskEvent, DeskNote, DeskOffice, Matter, MatterStep, Notice, StoredFile)
        }  # fmt: skip
        ledger = Ledger.objects.filter(site_id=self.site).values_list("seq", "head")
        return {**rows, "journal": [(seq, bytes(head)) for seq, head in ledger]}


@contextmanager
def as_it_was(house: House) -> Iterator[None]:
    """One test's hour: afterwards people, clock and scenes are as before it; its rows the database forgets."""
    now, staff, names, at = house.now, dict(house.staff), dict(house.names), dict(house.at)
    try:
        yield
    finally:
        house.now, house.staff, house.names, house.at = now, staff, names, at


def kept_for_module(
    blocker: object, scenes: tuple[str, ...], too: Callable[[House], None] | None = None
) -> Iterator[House]:
    """The house with these scenes and what a file adds, made once for all its tests; each test undoes what it does."""
    with blocker.unblock():  # type: ignore[attr-defined]
        everything = transaction.atomic()
        everything._from_testcase = True
        with everything:
            made = House()
            for scene in scenes:
                made.begin(scene)
            if too is not None:
                too(made)
            yield made
            transaction.set_rollback(True)


ZHANG, LI = "13800138000", "13900139000"


def furnished(house: House) -> None:
    """Homes of two phases, people who came and went, notes, a list, words on a matter, a clerk who came later."""
    home = house.home("二期3栋2单元1801")
    zhang = house.moves_in(home, "张三", ZHANG, since=date(2023, 5, 1))
    li = house.moves_in(home, "李四", LI, capacity="family")
    gone = (house.tenancy(li).id,)
    house.do(estate.move_out, "苏", home_id=home, tenancies=gone, until=house.now.date())
    told = {"delivery": "lived_in", "delivered_on": date(2022, 6, 1)}
    house.do(estate.change_home, "苏", home_id=home, area=Decimal("89.5"), **told)
    for about in ("hearing", "hours"):
        said = {"text": "左耳不好", "readers": "desk"}
        note = house.do(estate.note, "苏", customer_id=zhang, about=about, **said)
    house.do(estate.drop_note, "林", note_id=note)
    house.take(house.bring(("4-1-101", "王五", "13700137000"), ("4-1-102", "", "")))
    house.undo(house.take(house.bring(("5-1-101", "赵六", "13600136000"))))
    one = house.known(home, zhang)
    house.do(remark, "苏", matter_id=one, words="门口有狗")
    house.do(guide, "林", matter_id=one, words="先关总阀")
    house.says("苏", "offer", "张先生的事", to="工程部")
    house.says("钱", "decline", "张先生的事", reason="张三家没人")
    house.hire("吴", "wu", "desk_clerk")
    house.says("苏", "offer", "张先生的事", to="绿化部")
