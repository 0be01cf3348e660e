"""What a site may choose about its turn queue; the defaults follow the text of the procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yingbin.rules.malformed import (
    Malformed,
    allow,
    an_object,
    is_bool,
    is_count,
    one_of,
    quote,
)

REASONS = ("business", "meal", "private")
_PASSED_OVER = {"business": "make_up", "meal": "keep", "private": "lose"}
_CHECKS = {
    "receiver_busy": one_of("wait", "assist"),
    "own_customer_counts": is_bool,
    "named_turn": one_of("owed", "tail"),
    "makeup_per_absence": is_count,
}
_IS_PASSED_OVER = one_of("make_up", "keep", "lose")


@dataclass(frozen=True, slots=True)
class TurnsPolicy:
    """A site's choices for the turn queue.

    receiver_busy: `wait` or `assist`, a group whose own salesperson is receiving (TQ-1.1, TQ-8).
    own_customer_counts: an own returning customer is a counted reception (TQ-9).
    named_turn: `owed` or `tail`, how a counted reception outside the queue is paid.
    makeup_per_absence: most make-up turns that one absence earns (TQ-7).
    passed_over: reason of absence -> `make_up`, `keep` or `lose`.
    """

    receiver_busy: str = "wait"
    own_customer_counts: bool = True
    named_turn: str = "owed"
    makeup_per_absence: int = 1
    passed_over: Mapping[str, str] = field(default_factory=lambda: dict(_PASSED_OVER))

    @classmethod
    def from_json(cls, obj: object, place: str = "policy") -> TurnsPolicy:
        """Read a policy; what is left out keeps its default. Raises Malformed."""
        obj = an_object(place, obj)
        for key in obj:
            if key not in _CHECKS and key != "passed_over":
                raise Malformed(place, f"没有 {quote(key)} 这一项")
        for key, check in _CHECKS.items():
            allow(place, obj, key, check)
        given = {key: obj[key] for key in _CHECKS if key in obj}
        return cls(**given, passed_over=_passed_over(place, obj.get("passed_over", {})))

    def to_json(self) -> dict[str, object]:
        """Every choice, also those that are defaults."""
        return {
            "receiver_busy": self.receiver_busy,
            "own_customer_counts": self.own_customer_counts,
            "named_turn": self.named_turn,
            "makeup_per_absence": self.makeup_per_absence,
            "passed_over": dict(self.passed_over),
        }


def _passed_over(place: str, obj: object) -> dict[str, str]:
    """A missing reason keeps its default."""
    if not isinstance(obj, dict):
        raise Malformed(place, f"passed_over 应为对象，不是{quote(obj)}")
    for reason in obj:
        if reason not in REASONS:
            raise Malformed(place, f"passed_over 没有 {quote(reason)} 这一项")
        allow(f"{place}: passed_over", obj, reason, _IS_PASSED_OVER)
    return {**_PASSED_OVER, **obj}
