"""What makes the queue fair, as invariants that no order of events may break."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from yingbin.rules.decision import Decision
from yingbin.rules.turns import reception
from yingbin.rules.turns.decide import apply
from yingbin.rules.turns.policy import TurnsPolicy
from yingbin.rules.turns.state import RECEIVED, TO_PERSON, State
from yingbin.rules.turns.walk import Walk, walk_queue

PEOPLE = ["林", "周", "吴", "王", "陈"]
who = st.sampled_from(PEOPLE)
policies = st.fixed_dictionaries(
    {},
    optional={
        "receiver_busy": st.sampled_from(["wait", "assist"]),
        "own_customer_counts": st.booleans(),
        "makeup_per_absence": st.integers(0, 2),
    },
)


class Watched:
    """Sees every walk of the queue from just before to just after."""

    def __init__(self) -> None:
        self.walks: list[tuple[State, Walk, State]] = []

    def __call__(self, state: State) -> Walk:
        before = state.copy()
        walk = walk_queue(state)
        self.walks.append((before, walk, state.copy()))
        return walk


@pytest.fixture(autouse=True)
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the rules back as they were."""
    monkeypatch.setattr(reception, "walk_queue", reception.walk_queue)
    return


class Gallery(RuleBasedStateMachine):
    """Any order of events under any policy of the owed kind."""

    @initialize(policy=policies, here=st.lists(who, unique=True, min_size=2))
    def opens(self, policy: dict[str, Any], here: list[str]) -> None:
        self.seen = Watched()
        reception.walk_queue = self.seen
        self.policy = TurnsPolicy.from_json(policy)
        self.here = here
        self.state = State.opening(here, policy=self.policy)
        self.events: list[dict[str, Any]] = []
        self.made: list[list[Decision]] = []
        self.visits = 0
        self.counted = 0
        # Those free at every walk so far, and how often the walks took each to the tail.
        self.always_free = dict.fromkeys(here, 0)

    def happens(self, **event: Any) -> list[Decision]:
        """One event; what it decides is checked against what was there before."""
        before = self.state.copy()
        self.seen.walks.clear()
        made = apply(self.state, event, index=len(self.events))
        self.events.append(event)
        self.made.append(made)
        if made and made[0].refused:
            assert self.state.to_json() == before.to_json()
        for walk in self.seen.walks:
            self.walked(*walk)
        if event["event"] == "arrive" and made and made[0].turn in ("none", "owed", "make_up"):
            assert list(made[0].queue) == before.queue, "only a turn by queue moves anybody"
        if event["event"] == "arrive" and made and made[0].turn == "make_up":
            left = [*self.state.accounts.make_up]
            assert len(left) == len(before.accounts.make_up) - 1, "a make-up turn is used once"
        if event["event"] == "override" and not made[0].refused:
            # The manager moved someone: fairness is counted anew.
            self.always_free = dict.fromkeys(self.state.queue, 0)
        return made

    def walked(self, before: State, walk: Walk, after: State) -> None:
        """Nobody free is passed over without owing, and whoever is pays exactly one turn."""
        free = before.free()
        assert after.queue[-1] == walk.receiver, "who received goes to the tail"
        for name in before.queue[: walk.held]:
            if name in free:
                assert before.account(name).owed >= 1, "passed over without a reason"
                assert after.account(name).owed == before.account(name).owed - 1
                assert name in walk.passed_over
            elif name in before.receiving:
                assert name not in walk.passed_over
        if before.account(walk.receiver).owed:
            assert all(before.account(name).owed for name in free)
        moved = {*walk.passed_over, walk.receiver}
        self.always_free = {
            name: times + (name in moved)
            for name, times in self.always_free.items()
            if name in free
        }

    @rule(
        kind=st.sampled_from(["customer", "customer", "customer", "peer", "enquirer"]),
        named=st.none() | who,
        registered=st.none() | who,
    )
    def arrives(self, kind: str, named: str | None, registered: str | None) -> None:
        self.visits += 1
        given = {"named": named, "registered_with": registered}
        asked = {k: v for k, v in given.items() if v}
        self.happens(event="arrive", visit=f"v{self.visits}", kind=kind, **asked)

    @precondition(lambda self: self.state.receiving)
    @rule(at=st.integers(0, 4))
    def finishes(self, at: int) -> None:
        busy = list(self.state.receiving.values())
        self.happens(event="finish", visit=busy[at % len(busy)])

    @rule(name=who, reason=st.sampled_from(["business", "meal", "private"]))
    def goes(self, name: str, reason: str) -> None:
        more = {"approved_by": "郑"} if reason == "business" else {}
        self.happens(event="away", who=name, reason=reason, **more)

    @rule(name=who)
    def comes_back(self, name: str) -> None:
        self.happens(event="back", who=name)

    @rule(name=who)
    def signs_in(self, name: str) -> None:
        self.happens(event="sign_in", who=name)

    @rule(name=who)
    def signs_out(self, name: str) -> None:
        self.happens(event="sign_out", who=name)

    @precondition(lambda self: self.visits)
    @rule(at=st.integers(1, 6), sure=st.booleans())
    def claims(self, at: int, sure: bool) -> None:
        visit = f"v{max(self.visits - at + 1, 1)}"
        self.happens(
            event="claim_unrelated", visit=visit, customer_confirmed=sure, confirmed_by="郑"
        )

    @precondition(lambda self: self.visits)
    @rule(at=st.integers(1, 4), to=who, counts=st.booleans(), back=st.booleans())
    def overrides(self, at: int, to: str, counts: bool, back: bool) -> None:
        visit = f"v{max(self.visits - at + 1, 1)}"
        self.happens(
            event="override",
            visit=visit,
            to=to,
            by="郑",
            reason="调派",
            counts=counts,
            gives_back=back,
        )

    @precondition(lambda self: self.visits)
    @rule(at=st.integers(1, 4), verb=st.sampled_from(["anyone", "leave"]))
    def waits_no_longer(self, at: int, verb: str) -> None:
        self.happens(event=verb, visit=f"v{max(self.visits - at + 1, 1)}")

    @invariant()
    def those_always_free_differ_by_at_most_one(self) -> None:
        times = [n for name, n in self.always_free.items() if name in self.state.queue]
        assert not times or max(times) - min(times) <= 1

    @invariant()
    def an_account_is_of_one_kind_and_never_negative(self) -> None:
        for name in PEOPLE:
            account = self.state.account(name)
            assert not (account.make_up and account.owed)
            assert account.owed >= 0

    @invariant()
    def no_make_up_turn_is_used_twice(self) -> None:
        used = sum(d.turn == "make_up" for made in self.made for d in made)
        earned = sum(d.kind == "claim" for made in self.made for d in made)
        backs = sum(e["event"] == "back" for e in self.events) * self.policy.makeup_per_absence
        given_back = sum(e["event"] == "override" for e in self.events)
        assert used <= earned + backs + given_back * 2

    @invariant()
    def everybody_signed_in_has_one_place_and_one_group(self) -> None:
        assert len(set(self.state.queue)) == len(self.state.queue)
        groups = list(self.state.receiving.values())
        assert len(set(groups)) == len(groups)
        assert all(self.state.visits[v].stage == RECEIVED for v in groups)
        assert not self.state.receiving.keys() & self.state.away.keys()

    @invariant()
    def nobody_waits_for_someone_who_is_free(self) -> None:
        free = self.state.free()
        for visit, whom in self.state.waiting():
            if self.state.visits[visit].way == TO_PERSON:
                assert whom not in free
            else:
                assert not free

    @invariant()
    def the_stored_state_is_the_replay_of_the_stored_events(self) -> None:
        if len(self.events) % 7:
            return
        whole = State.opening(self.here, policy=self.policy)
        kept = State.opening(self.here, policy=self.policy)
        ended: dict[str, Any] = {}
        for index, event in enumerate(self.events):
            first = apply(whole, event, index=index)
            kept = State.from_json(kept.to_json())
            visit = event.get("visit")
            if visit in ended and event["event"] != "arrive":
                kept.admit(visit, ended[visit])
            assert apply(kept, event, index=index) == first
            ended |= kept.take_ended()
        assert whole.to_json() == self.state.to_json()


Gallery.TestCase.settings = settings(max_examples=120, stateful_step_count=40, derandomize=False)


@pytest.mark.clause("TQ-1.2", "TQ-6", "TQ-7", "TQ-9", "TQ-11")
class TestFairness(Gallery.TestCase):
    """The machine, run."""
