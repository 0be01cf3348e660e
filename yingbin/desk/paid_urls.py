"""Addresses of paid work: quotes, completion, money, prices, material."""

from django.urls import include, path

from yingbin.importing.urls import addresses

from .importing.prices import PRICES_IMPORT
from .views import money, paid, prices

ONE = "<uuid:matter_id>/"
PAID = [
    path(f"{ONE}quote/", paid.quote, name="quote"),
    path(f"{ONE}agree/", paid.agree, name="agree"),
    path(f"{ONE}agree/code/", paid.agree_by_code, name="agree_by_code"),
    path(f"{ONE}agree/no/", paid.disagree, name="disagree"),
    path(f"{ONE}agree/new-code/", paid.make_code, name="make_code"),
    path(f"{ONE}finish/", paid.finish, name="finish"),
    path(f"{ONE}order/", paid.order, name="order"),
    path(f"{ONE}money/", money.account, name="account"),
    path(f"{ONE}money/pay/", money.pay, name="pay"),
    path(f"{ONE}money/<uuid:payment_id>/", money.receipt, name="receipt"),
    path(f"{ONE}money/less/", money.less, name="less"),
    path(f"{ONE}money/less/<uuid:approval_id>/", money.reduce, name="reduce"),
    path(f"{ONE}money/<uuid:payment_id>/void/", money.void, name="void"),
    path("cash/", money.box, name="cash"),
    path("cash/<uuid:cash_day_id>/receive/", money.receive, name="receive_cash"),
    path("cash/paper/", money.paper, name="cash_paper"),
    path("cash/excel/", money.excel, name="cash_excel"),
    path("prices/", prices.prices, name="prices"),
    path("prices/new/", prices.set_prices, name="set_prices"),
    path("prices/excel/", prices.prices_excel, name="prices_excel"),
    path("", include((addresses(PRICES_IMPORT, "prices/imports/"), "price_import"))),
    path("materials/", prices.materials, name="materials"),
    path("materials/<uuid:item_id>/", prices.material, name="material"),
]
