"""How long what is known of visitors is kept after their visit: a policy of the place, each version signed (时限 → 来访资料)."""

from dataclasses import dataclass

from yingbin.people.policies import Policy, declare
from yingbin.people.policy_rows import Number, Row


@dataclass(frozen=True)
class Keeping:
    """days: after a visit is over, or was withdrawn, refused or lapsed."""

    days: int = 180


KEEPING = declare(
    Policy(
        "tours.keeping", "来访资料", Keeping,
        rows=lambda: [
            Row(
                "keep_days", "来访结束后保存多久", (Number("days", "保存", "天", low=1, high=3650),),
                assumed={"days": Keeping().days}, group="来访资料", at=("headquarters",),
                note="到期的列在「管理 → 来访资料」，由行政部预览后清除；时间、人数、去过哪里和每一步的判定留着。",
            )
        ],
    )
)  # fmt: skip
