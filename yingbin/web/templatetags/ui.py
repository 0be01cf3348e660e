"""Small pieces every page uses."""

from django import template

register = template.Library()
