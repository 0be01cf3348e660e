"""Customers, as the house sees them."""

from yingbin.pages.wing import Entry, Wing

WING = Wing(
    app="customers",
    title="客户",
    prefix="customers/",
    urls="yingbin.customers.urls",
    entries=(
        Entry("books", "customers:index", "search", "客户", ("customers.find",), rank=50, key="k"),
    ),
    routers=("yingbin.customers.api.router",),
    scopes={
        "customers.read": ("customers.find", "查找客户（号码隐去中间）"),
        "customers.write": ("customers.edit", "登记客户"),
    },
    ticks=("yingbin.customers.ticks.tick",),
    witnesses=("yingbin.customers.witnesses.of_customers",),
    finders=("yingbin.customers.finding.finds",),
)
