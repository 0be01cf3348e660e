"""The style guide shows the screens as they are: its mocks are made of the apps' own pages and fragments."""

import pytest
from django.test import RequestFactory

from yingbin.web.style import views

STATES = ["", "empty", "long", "busy", "closed", "turn", "away", "calm", "next"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", list(views.MOCKS))
def test_every_mock_is_made_in_each_of_its_states(name: str, state: str) -> None:
    asked = RequestFactory().get(f"/style/{name}/", {"state": state})
    page = views.mock(asked, name).content.decode()
    assert "</html>" in page
    assert "{%" not in page


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("arrival", ["第一次来访吗？", "5+", "怎么认出他们", "等王建国接单", "再叫一次"]),
        ("waiting", ["红外套，带小孩", "3 号桌", "认人、座位", "客户要先走"]),
        ("answer", ["王建国", "等王建国接单", "回执码", "撤销"]),
    ],
)
def test_a_mock_has_what_the_screen_has(name: str, stands: list[str]) -> None:
    page = views.mock(RequestFactory().get(f"/style/{name}/"), name).content.decode()
    assert [words for words in stands if words not in page] == []
