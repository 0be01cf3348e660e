"""Pages that stand at another address now: whoever kept the old one is led on."""

from django.http import HttpResponse
from django.shortcuts import redirect


def moved(name: str) -> HttpResponse:
    """On to the page of this name, for good."""
    return redirect(name, permanent=True)
