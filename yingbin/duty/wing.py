"""Duty, as the house sees it: still empty, so it says what will be there."""

from yingbin.pages.wing import Coming, Wing

WING = Wing(
    app="duty",
    title="值班",
    at=("show_flat",),
    coming={
        "show_flat": Coming(
            "样板间",
            "当班的人、开门检查、看房的客人、鞋套等用品、交接和关门检查，都会在这里按时间排好：现在该做什么，一眼看到。",
            ("SF-4.1", "SF-4.2", "SF-4.3.1", "SF-4.4", "SF-4.5", "SF-4.6", "SF-4.7"),
        )
    },
)
