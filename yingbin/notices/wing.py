"""Notices and what goes out of the house, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="notices",
    title="通知",
    prefix="notices/",
    urls="yingbin.notices.urls",
    entries=(
        Entry(
            "inbox", "notices:index", "bell", "通知", ("notices.see",), rank=10,
            count="yingbin.notices.queries.waits",
        ),
    ),
    subjects={"lines": ("记录链签名行，每小时一次，请由外面的人保存", ("line",))},
    ticks=(
        "yingbin.notices.ticks.tick",
        "yingbin.notices.hooks.tick",
        "yingbin.notices.lines.tick",
    ),
    inbox=("yingbin.notices.inbox.lines",),
    witnesses=("yingbin.notices.witnesses.of_notices",),
)  # fmt: skip
