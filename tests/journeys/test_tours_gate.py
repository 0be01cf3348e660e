"""The gate in a real browser: a camera, a scanner that types, no line, an evacuation (CV-4.1)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.journeys.at_gate import GateHouse, answered, filmed, served_here
from tests.journeys.conftest import BROWSER, FLAGS

READ_TO_ANSWER = "window.marks['gate:answer'] - window.marks['gate:read']"


@pytest.fixture
def house(
    transactional_db: None, chromium: Browser, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> Iterator[GateHouse]:  # fmt: skip
    """澄湖总部 on a Monday at nine; pages and browsers have its time."""
    settings.DATA_DIR = tmp_path
    with served_here() as base:
        made = GateHouse(base, chromium)
        monkeypatch.setattr(timezone, "now", lambda: made.now)
        yield made
        for context in made.contexts:
            context.close()
    assert not made.broken, "\n".join(made.broken)


@pytest.fixture
def film(house: GateHouse, tmp_path: Path) -> Iterator[Path]:
    """What the camera of the house's browser sees."""
    shown = tmp_path / "camera.mjpeg"
    seen = ("device-for-media-stream", "ui-for-media-stream")
    flags = [*(f"--use-fake-{one}" for one in seen), f"--use-file-for-fake-video-capture={shown}"]
    house.browser = house.browser.browser_type.launch(
        executable_path=BROWSER, args=[*FLAGS, *flags]
    )
    yield shown
    house.browser.close()


@pytest.mark.clause("CV-4.1")
def test_a_camera_reads_a_pass_where_the_browser_cant_by_itself_with_a_line_and_without_one(
    house: GateHouse, film: Path
) -> None:
    one = house.planned("key_account", day=0, hour=10)
    house.issue(one, "江", persons=3, areas=("plant",))
    house.wait(hours=1)
    filmed(film, house.shown(house.passes(one)[0]))
    guard = house.gate()
    assert guard.evaluate("!('BarcodeDetector' in window)"), "as on an iPhone or a PC"
    guard.get_by_role("button", name="用相机扫").click()
    answered(guard, "放行", "长丰机械", "1 / 3 人在场")
    assert 0 < guard.evaluate(READ_TO_ANSWER) < 300, "milliseconds"
    assert guard.evaluate("window.felt") == [120]
    assert guard.evaluate("window.heard") == ["zh-CN 放行。3 位里 1 位在场"]
    guard.get_by_role("button", name="关掉相机").click()
    guard.context.set_offline(True)
    guard.reload()
    expect(guard.locator("[data-line]")).to_contain_text("断线，照样验证")
    guard.get_by_role("button", name="用相机扫").click()
    answered(guard, "放行", "2 / 3 人在场")
    assert 0 < guard.evaluate(READ_TO_ANSWER) < 300, "milliseconds"
    guard.get_by_role("button", name="关掉相机").click()
    expect(guard.locator("[data-line]")).to_contain_text("1 条待交")
    assert house.inside() == {"长丰机械": 1}
