"""App `customers`."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """客户."""

    name = "yingbin.customers"
    label = "customers"
    verbose_name = "客户"
