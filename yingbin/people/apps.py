"""People: sites, staff, roles."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The ground floor: who works where and may do what."""

    name = "yingbin.people"
    label = "people"
    verbose_name = "人员与项目"
