"""App `approvals`."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from yingbin.pages.wing import paths
from yingbin.rules.approvals import add_kind


class ApprovalsConfig(AppConfig):
    """申请与审批."""

    name = "yingbin.approvals"
    label = "approvals"
    verbose_name = "审批"

    def ready(self) -> None:
        """Every app's kinds are known from the start."""
        for path in paths("approval_kinds"):
            for kind in import_string(path):
                add_kind(kind)
