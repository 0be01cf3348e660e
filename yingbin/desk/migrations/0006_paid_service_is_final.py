"""Prices, quotes, what was used, money and its days are final; only a resident's words and ink in them can be erased."""

from django.db import migrations

from yingbin.journal.finals import Final


class Migration(migrations.Migration):
    dependencies = [("desk", "0005_paid_service")]
    operations = [
        Final("desk_pricelist").operation(),
        Final("desk_quote", erasable=("words", "salt")).operation(),
        Final("desk_quoteanswer", erasable=("strokes",)).operation(),
        Final("desk_stockmove", erasable=("words", "salt")).operation(),
        Final("desk_completion", erasable=("strokes",)).operation(),
        Final("desk_reduction").operation(),
        Final("desk_payment", erasable=("why", "salt")).operation(),
        Final("desk_cashday").operation(),
        Final("desk_cashhandover").operation(),
    ]
