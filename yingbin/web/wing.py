"""The shell itself: interfaces, the frame's numbers, the night's check, and the journal's own tick."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="web",
    entries=(
        # Stands where a place's own wing is still empty (see `coming`).
        Entry("live", "now", "clock", "现在", rank=5),
        Entry("manage", "integrations", "key", "接口", ("tokens.manage",), rank=20),
    ),
    topics="yingbin.web.shell.TOPICS",
    # The journal knows no wings, being the ground they stand on.
    file_owners=("yingbin.web.style.photos.GUIDE",),
    ticks=(
        "yingbin.journal.ticks.tick",
        "yingbin.journal.days.tick",
        "yingbin.web.nightly.tick",
        "yingbin.web.demo.further.tick",
    ),
)
