"""The procedures, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="manual",
    title="规程",
    prefix="manual/",
    urls="yingbin.manual.urls",
    entries=(Entry("manage", "manual:index", "help", "规程", rank=90, words="条款 制度"),),
    finders=("yingbin.manual.finding.finds",),
    styles=("manual/manual.css",),
)
