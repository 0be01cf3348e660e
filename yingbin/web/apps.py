"""App `web`."""

from django.apps import AppConfig

from yingbin.people.scrub import log_threads


class WebConfig(AppConfig):
    """Base templates, addresses, command line."""

    name = "yingbin.web"
    label = "web"
    verbose_name = "迎宾"

    def ready(self) -> None:
        """What threads die of is logged without anybody's words."""
        log_threads()
