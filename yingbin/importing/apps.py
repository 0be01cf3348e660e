"""App `importing`."""

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """导入。"""

    name = "yingbin.importing"
    label = "importing"
    verbose_name = "导入"
