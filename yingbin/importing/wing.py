"""Imports, as the house sees them."""

from yingbin.pages.wing import Wing

WING = Wing(
    app="importing",
    ticks=("yingbin.importing.ticks.tick",),
    styles=("importing/importing.css",),
)
