"""The tables of a sheet of another kind: 钥匙领用登记."""

from django.db import models

from yingbin.people.rows import SiteRow
from yingbin.sheets.models import SheetCopy, SheetRow, SheetWords


class KeyLoan(SheetRow, SiteRow):
    """A key was lent: which one; who took it stands in the words."""

    key_no = models.PositiveSmallIntegerField()

    class Meta:
        app_label = "keybook"
        db_table = "keybook_loan"


class KeyLoanWords(SheetWords):
    """Who took the key, and their signature."""

    entry = models.OneToOneField(
        KeyLoan, on_delete=models.PROTECT, primary_key=True, related_name="written"
    )

    class Meta:
        app_label = "keybook"
        db_table = "keybook_words"


class KeyLoanCopy(SheetCopy, SiteRow):
    """A copy of the sheet was handed out."""

    class Meta:
        app_label = "keybook"
        db_table = "keybook_copy"
