"""Corporate visits, as the house sees them."""

from yingbin.pages.wing import Coming, Wing

WING = Wing(
    app="tours",
    title="参观",
    at=("headquarters",),
    prefix="tours/",
    urls="yingbin.tours.urls",
    ticks=("yingbin.tours.ticks.tick",),
    erasers=("yingbin.tours.privacy.erase",),
    exporters=("yingbin.tours.privacy.sections",),
    witnesses=("yingbin.tours.witnesses.of_tours",),
    guards="yingbin.tours.guards.GUARDS",
    coming={
        "headquarters": Coming(
            "今日来访",
            "来访申请、审批、接待计划和参观凭证会在这里：今天谁来、谁接待、能去哪里，门岗扫一下就知道。",
            ("CV-2", "CV-3.1", "CV-3.2.1", "CV-3.3.1", "CV-3.4.1", "CV-4.1", "CV-4.2"),
        )
    },
)
