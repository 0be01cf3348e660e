"""The kinds that every site knows: questions passed on, follow-ups, alerts. A wing brings its own beside these."""

from datetime import timedelta

from yingbin.rules.matters import ACCEPT, NORMAL, Kind, Level, Limit

# An alert that may wait for a day.
CALM = "calm"
# Who hears of what is overdue.
OVERDUE = ("owner", "holder", "supervisor")


def due(
    within: timedelta,
    *,
    title: str = "办结",
    working_time: bool = False,
    warn: timedelta | None = None,
    after: tuple[timedelta, ...] = (timedelta(0),),
) -> Limit:
    """The one limit of a simple kind: reminded `warn` before its end, everybody concerned told so long after it."""
    return Limit(
        "due",
        title,
        within,
        always=not working_time,
        warn=warn,
        ladder=tuple(Level(span, OVERDUE) for span in after),
        on_the_wall=True,
    )


def accept(within: timedelta = timedelta(minutes=10)) -> Limit:
    """How long an offer may lie before whoever it was made to is reminded."""
    return Limit(
        ACCEPT,
        "接手",
        within,
        always=True,
        starts=frozenset({"offer"}),
        met=frozenset(),
        late=("offered",),
    )


QUESTION = Kind(
    "question",
    "客户提问",
    "tell",
    "SF-4.3.3",
    {
        NORMAL: (
            due(
                timedelta(hours=4),
                title="答复",
                working_time=True,
                warn=timedelta(minutes=30),
                after=(timedelta(0), timedelta(hours=4)),
            ),
            accept(),
        )
    },
    by_hand=True,
    of_customer=True,
)
FOLLOW_UP = Kind(
    "follow_up",
    "回访跟进",
    "done",
    "SC-4.3.2",
    {
        NORMAL: (
            due(
                timedelta(days=1),
                warn=timedelta(hours=2),
                after=(timedelta(0), timedelta(days=1)),
            ),
            accept(),
        )
    },
    by_hand=True,
    of_customer=True,
)
ALERT = Kind(
    "alert",
    "提醒",
    "acknowledge",
    "TQ-10",
    {
        NORMAL: (
            due(timedelta(minutes=15), title="知道", after=(timedelta(0), timedelta(minutes=30))),
            accept(),
        ),
        CALM: (
            due(timedelta(days=1), title="知道", after=(timedelta(0), timedelta(minutes=30))),
            accept(),
        ),
    },
    grade_words={NORMAL: "要紧的", CALM: "不急的"},
    of_customer=True,
)
KINDS = (QUESTION, FOLLOW_UP, ALERT)
