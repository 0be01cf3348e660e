"""The plan is quick and says what the slow form says; `python -m bench.cover` compares many thousands more."""

from collections import Counter

from yingbin.rules.duty.moments import Moment
from yingbin.rules.duty.plan import Plan

from .random_plans import cases


def test_the_quick_plan_says_what_the_slow_one_says_whatever_happened_before() -> None:
    said: Counter[str] = Counter()
    for seed in range(8):
        for quick, slow in cases(seed):
            assert quick == slow, seed
            said.update(_kinds(quick))
    assert min(said[kind] for kind in ("fits", "does not", "somebody could", "later")) > 10, said


def _kinds(answer: object) -> list[str]:
    if not isinstance(answer, tuple):
        return ["covered" if answer else "uncovered"]
    fits, could, earliest = answer
    found = ["fits" if fits else "does not"]
    if not fits:
        found += ["somebody could"] * bool(could) + ["later"] * isinstance(earliest, Moment)
    return found


def test_the_comparison_sees_a_plan_that_forgets_the_grace(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    whole = Plan._back
    monkeypatch.setattr(
        Plan, "_back", lambda plan, who, shift: min(whole(plan, who, shift), shift.start)
    )
    assert any(quick != slow for seed in range(8) for quick, slow in cases(seed))
