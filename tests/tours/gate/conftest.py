"""The gates of a headquarters."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from .post import Post


@pytest.fixture
def post(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Post:
    """澄湖集团总部 on a Monday at nine, with keys of its own; its pages are opened at that time."""
    settings.DATA_DIR = tmp_path
    made = Post()
    monkeypatch.setattr(timezone, "now", lambda: made.now)
    return made
