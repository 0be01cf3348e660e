"""Imports, as the house sees them; people are brought in by one of its own."""

from yingbin.pages.wing import Wing

WING = Wing(
    app="importing",
    prefix="staff/sheet/",
    urls="yingbin.importing.staff.urls",
    importers=("yingbin.importing.staff.importer.STAFF",),
    subjects={"import": ("导入完成、撤销、读不成", ("import",))},
    ticks=("yingbin.importing.ticks.tick",),
    witnesses=("yingbin.importing.witnesses.of_imports",),
    erasers=("yingbin.importing.privacy.erase",),
    styles=("importing/importing.css",),
)
