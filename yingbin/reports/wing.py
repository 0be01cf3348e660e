"""Figures and certificates, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="reports",
    title="数字",
    prefix="reports/",
    urls="yingbin.reports.urls",
    entries=(
        Entry("books", "reports:figures", "table", "数字", ("figures.see", "figures.own"), rank=40),
        Entry(
            "manage",
            "reports:certificates",
            "check-circle",
            "每日证书",
            rank=80,
            permissions=("matters.oversee", "journal.verify"),
            words="公平证书 封存",
        ),
    ),
    ticks=("yingbin.reports.actions.tick",),
    witnesses=("yingbin.reports.witnesses.of_reports",),
    styles=("pages/css/screens/figures.css",),
)
