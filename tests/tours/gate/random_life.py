"""A day at the gates at random: guests, supervisors, lost passes, devices without a line and their queues."""

from datetime import datetime, timedelta
from random import Random

from yingbin.rules.decision import Refused
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions.breaches import report_breach
from yingbin.tours.actions.merging import Kept, Queue, merge
from yingbin.tours.actions.passes import hand_out, moved, print_passes, voided
from yingbin.tours.models import GateClash, PassRevision, TourVisit

from .post import PLANT, SHOP, Post

EVERYONE = ("高磊", "丁", "周队", "郑主管", "苏青")


class RandomLife:
    """Some visits, their passes, and so many attempts; what was refused is counted. changes: headcounts change too."""

    def __init__(self, seed: int, post: Post, *, changes: bool = True) -> None:
        self.pick, self.post, self.changes = Random(seed), post, changes
        self.visits = [
            post.visit(self.pick.choice((2, 5, 12)), opens=self.pick.choice((0, 40)))
            for _ in range(3)
        ]
        self.passes: list[int] = []
        self.queues: dict[str, tuple[datetime, list[Kept]]] = {}
        self.merged = self.clashes = self.refused = self.brought = 0
        for visit in self.visits:
            for _ in range(3):
                self.passes.append(self._issue(visit))

    def _issue(self, visit: TourVisit) -> int:
        pick = self.pick
        return self.post.issue(visit, pick.choice((1, 1, 3)), pick.choice((PLANT, SHOP)))

    def live(self, steps: int) -> None:
        """So many attempts; every line is back at the end."""
        self.queues["北门"] = (self.post.now, [])
        for _ in range(steps):
            self.post.later(minutes=self.pick.choice((0, 0, 0, 1, 1, 5)))
            try:
                self._attempt()
            except Refused:
                self.refused += 1
        for gate in list(self.queues):
            self._line_back(gate)
        self.post.do(verbs.end_day, "周队")

    def _attempt(self) -> None:
        how = self.pick.random()
        gate = self.pick.choice([*self.post.gates])
        if how < 0.5:
            self._through(gate)
        elif how < 0.6:
            self.queues.setdefault(gate, (self.post.now, []))
        elif how < 0.68 and gate in self.queues:
            self._line_back(gate)
        else:
            self._office()

    def _told(self) -> tuple[int, dict[str, object]]:
        pick, number = self.pick, self.pick.choice([*self.passes, 999])
        told: dict[str, object] = {
            "inward": pick.random() < 0.65,
            "count": pick.choice((1, 1, 2, 3)),
        }
        if pick.random() < 0.1:
            told["other_escort"] = True
        if pick.random() < 0.1:
            told["revision"] = pick.choice((1, 2))
        return number, told

    def _through(self, gate: str) -> None:
        post, pick = self.post, self.pick
        number, told = self._told()
        is_admission = told["inward"] and pick.random() < 0.15
        if gate not in self.queues:
            who = pick.choice(EVERYONE)
            if is_admission:
                post.admit(number, by=who, gate=gate, count=told["count"])
            else:
                post.scan(number, gate, by=who, **told)
            return
        skew = timedelta(minutes=pick.choice((0, 0, 0, 7)))
        through = post.through(
            number, gate, device_at=post.now + skew, nonce=f"q{pick.random()}", **told
        )
        reason = "线断了" if is_admission else ""
        self.queues[gate][1].append(Kept(through, pick.random() < 0.8, reason))

    def _line_back(self, gate: str) -> None:
        listed, scans = self.queues.pop(gate)
        queue = Queue(self.post.gates[gate], listed, self.post.now, tuple(scans))
        self.brought += len(scans)
        done = self.post.do(merge, self.pick.choice(EVERYONE), told=queue)
        self.merged, self.clashes = self.merged + done.merged, self.clashes + done.clashes
        if scans and self.pick.random() < 0.5:
            again = self.post.do(merge, "丁", told=queue)
            assert (again.merged, again.repeated) == (0, len(scans)), "each scan once"

    def _office(self) -> None:
        post, pick, number = self.post, self.pick, self.pick.choice(self.passes)
        visit = pick.choice(self.visits)
        deeds = {
            "lose": lambda: post.do(verbs.lose, "苏青", number=number),
            "back": lambda: post.do(verbs.take_back, "高磊", number=number),
            "revoke": lambda: post.do(verbs.revoke, "苏青", number=number, reason="不来了"),
            "reissue": lambda: post.do(verbs.reissue, "苏青", number=number, reason="换一张"),
            "issue": lambda: self.passes.append(self._issue(visit)),
            "void": lambda: post.within(lambda pen: {"_": voided(pen, visit, [post.row(number).id])}, "韩工"),
            "move": lambda: self._move(visit),
            "headcount": lambda: self._headcount(visit),
            "breach": lambda: post.do(report_breach, "高磊", leader=post.id("韩工")),
            "paper": lambda: self._paper(number),
            "settle": self._settle,
            "start": lambda: post.do(verbs.start_roll, "周队", drill=pick.random() < 0.5),
            "mark": lambda: post.do(verbs.mark_roll, "丁", visit_id=visit.id, safe=pick.choice((0, 1, 3))),
            "end": lambda: post.do(verbs.end_roll, "周队"),
            "end2": lambda: post.do(verbs.end_roll, "周队"),
            "evening": lambda: post.do(verbs.end_day, "周队"),
        }  # fmt: skip
        deeds[pick.choice([*deeds])]()

    def _move(self, visit: TourVisit) -> None:
        visit.ends_at += timedelta(minutes=self.pick.choice((-10, 15)))
        visit.save()
        self.post.within(lambda pen: {"_": moved(pen, visit)}, "苏青")

    def _headcount(self, visit: TourVisit) -> None:
        if self.changes:
            visit.headcount = self.pick.choice((2, 4, 12))
            visit.save()

    def _paper(self, number: int) -> None:
        row = PassRevision.objects.get(
            visitor_pass__number=number, number=self.post.row(number).revision
        )
        self.post.do(self.pick.choice((print_passes, hand_out)), "苏青", revisions=(row.id,))

    def _settle(self) -> None:
        open_now = GateClash.objects.filter(settled_at__isnull=True).first()
        if open_now is not None:
            self.post.do(
                verbs.settle_clash,
                "周队",
                clash_id=open_now.id,
                finding="是同一组的客人，已在场内找到",
            )
