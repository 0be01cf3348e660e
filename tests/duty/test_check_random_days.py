"""Random mornings of a check, held after each step against a simple model of what a person would expect (SC-4.1)."""

import random
from dataclasses import dataclass, field

import pytest

from yingbin.duty.actions import checks
from yingbin.duty.export import disagreements
from yingbin.duty.models import CheckAnswer, CheckReturn
from yingbin.duty.queries.checks import check_page
from yingbin.duty.queries.picture import picture
from yingbin.duty.queries.self_checks import self_checks
from yingbin.journal.check import check_site
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

from .flat import Flat

LOOKS = ["environment", "goods", "facilities"]  # what can be answered by a look


@dataclass
class Model:
    """What somebody would write on paper: each item's last answer, what waits for another, who signed."""

    answers: dict[str, str] = field(default_factory=dict)
    back: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    papers: int = 0
    done: bool = False

    def answered(self, item: str, result: str) -> bool:
        """Whether the answer is taken: after the signature only what was sent back, and not as 不适用."""
        if self.done and (item not in self.back or result == "na"):
            return False
        self.answers[item] = result
        self.back.discard(item)
        if result == "failed":
            self.lines.add(item)
            self.papers += 1
        return True

    def sent_back(self, item: str) -> bool:
        """Whether a lead's word is taken: of what was answered and doesn't wait already."""
        if item not in self.answers or item in self.back:
            return False
        self.back.add(item)
        return True

    def signed(self, items: set[str]) -> bool:
        """Whether the signature is taken."""
        if self.done or self.back or items - set(self.answers):
            return False
        self.done = True
        return True


@dataclass
class Morning:
    """The flat, the model, and the dice."""

    flat: Flat
    luck: random.Random
    model: Model = field(default_factory=Model)

    @property
    def task(self) -> str:
        return f"{self.flat.post}/opening"

    def items(self) -> set[str]:
        seen = picture(self.flat.site, self.flat.now).task(self.task)
        assert seen is not None
        return {i.id for i in seen.items}

    def tried(self, action: object, who: str, **told: object) -> bool:
        """Whether it was taken."""
        try:
            self.flat.do(action, who, task=self.task, **told)  # type: ignore[arg-type]
        except Refused:
            return False
        return True

    def step(self) -> None:
        """One thing somebody does, and the model's word on whether it may."""
        deed = self.luck.choice(["ok", "na", "failed", "back", "back", "rest", "sign"])
        item, who = self.luck.choice(LOOKS), self.luck.choice(["叶", "许"])
        if deed == "back":
            told = {"item": item, "word": "再看看"}
            assert self.tried(checks.send_back, "许", **told) == self.model.sent_back(item)
        elif deed == "failed":
            told = {"item": item, "kind": "slip", "title": "不对"}
            assert self.tried(checks.failed, who, **told) == self.model.answered(item, "failed")
        elif deed == "rest":
            self.rest(who)
        elif deed == "sign":
            items = self.items()
            assert self.tried(checks.sign_check, who) == self.model.signed(items)
        else:
            told = {"item": item, "result": deed, "reason": "撤场"}
            assert self.tried(checks.answer, who, **told) == self.model.answered(item, deed)

    def rest(self, who: str) -> None:
        """其余都正常, with the count."""
        left = [i for i in self.items() if i not in self.model.answers or i in self.model.back]
        filled = self.flat.filled(self.task)
        done = self.flat.do(checks.answer_room, who, task=self.task, filled=filled)
        assert (done.items, done.lines) == (len(left), ())
        for item in left:
            assert self.model.answered(item, "ok")

    def agrees(self) -> None:
        """The page, the picture and the rows say what the model says."""
        page = check_page(self.flat.site, self.task, self.flat.now)
        assert page is not None
        shown = {i.item.id: i for room in page.rooms for i in room.items}
        assert {k: i.answer for k, i in shown.items() if i.answer} == self.model.answers
        assert {k for k, i in shown.items() if i.sent_back} == self.model.back
        assert {k for k, i in shown.items() if i.line} == self.model.lines
        assert (page.task.state == "done") == self.model.done
        assert Matter.objects.filter(site_id=self.flat.site).count() == self.model.papers


@pytest.mark.clause("SF-4.1", "SC-4.1", "SF-4.7")
@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_answers_words_and_signatures_surprises_anybody(flat: Flat, seed: int) -> None:
    flat.come()
    morning = Morning(flat, random.Random(seed))
    for _ in range(14):
        morning.step()
        morning.agrees()
    assert list(disagreements(flat.log)) == []


@pytest.mark.clause("TQ-11", "SC-4.1")
def test_after_a_random_morning_every_row_is_witnessed_and_stands_on_the_sheet(flat: Flat) -> None:
    flat.come()
    morning = Morning(flat, random.Random(99))
    for _ in range(30):
        morning.step()
    assert CheckReturn.objects.exists()
    assert CheckAnswer.objects.filter(sent_back__isnull=False).exists()
    found = [str(f) for line in check_site(flat.site) for f in line.found]
    assert [f for f in found if not f.startswith("角色")] == []
    rows = self_checks(flat.site, flat.log.day, flat.log.day)
    assert [r.number for r in rows] == list(range(1, len(rows) + 1))
    waits = {r.what for r in rows if r.waits}
    page = check_page(flat.site, morning.task, flat.now)
    assert page is not None
    names = {i.item.id: i.item.title for room in page.rooms for i in room.items}
    assert {names[i] for i in morning.model.back - morning.model.lines} <= waits
