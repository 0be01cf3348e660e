"""The residents' desk, as the house sees it: still empty, so it says what will be there."""

from yingbin.pages.wing import Coming, Wing

WING = Wing(
    app="desk",
    title="来电来访",
    at=("management_office",),
    coming={
        "management_office": Coming(
            "客服前台",
            "住户的来电、来访、报修、投诉会在这里记下，派给各部门，盯着时限，办好后回访；谁在办、到哪一步，都查得到。",
            ("SD-4.1", "SD-4.2.1", "SD-4.2.2", "SD-4.2.3", "SD-4.3", "SD-4.4", "SD-4.5"),
        )
    },
)
