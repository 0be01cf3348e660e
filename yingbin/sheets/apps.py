"""App `sheets`."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Signed, numbered, final rows for any app; it has no tables of its own."""

    name = "yingbin.sheets"
    label = "sheets"
    verbose_name = "签字表单"
