"""What the frame of every page needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation and unread notices of the signed-in person."""
    return {}
