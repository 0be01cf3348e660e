"""App `matters`."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from yingbin.pages.wing import paths
from yingbin.rules.matters import add_kind


class MattersConfig(AppConfig):
    """事项."""

    name = "yingbin.matters"
    label = "matters"
    verbose_name = "事项"

    def ready(self) -> None:
        """Every app's kinds are known from the start."""
        for path in paths("matter_kinds"):
            for kind in import_string(path):
                add_kind(kind)
