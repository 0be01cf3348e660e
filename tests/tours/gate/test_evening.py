"""Before the gates close every pass is accounted for: back, void, lost or out, and who is to ask for those (CV-4.1)."""

from typing import Any

import pytest
from django.urls import reverse

from tests.force import unguarded
from yingbin.notices.models import Notice
from yingbin.tours.actions import gate_verbs as verbs
from yingbin.tours.actions.passes import hand_out
from yingbin.tours.models import PassRevision
from yingbin.tours.pass_paper import code_of
from yingbin.tours.queries.evening import Figures, evening

from .post import Post
from .test_alarms import heard, over

pytestmark = pytest.mark.clause("CV-4.1")


def send(post: Post, who: str, page: str, *args: object, **told: object) -> Any:
    to = reverse(f"tours:{page}", args=args)
    return post.browser(who).post(to, told, follow=True)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def shown(post: Post, who: str = "周队") -> str:
    return text(post.browser(who).get(reverse("tours:evening")))


def test_the_evening_by_page(post: Post) -> None:
    visit = post.visit()
    one, two, three = (post.issue(visit) for _ in range(3))
    assert "收回了" in text(send(post, "高磊", "give_back", one))
    assert "挂失的" not in shown(post, "高磊")
    assert "挂失了" in text(send(post, "苏青", "lose", two))
    assert "找回来了" in shown(post, "高磊")
    assert "换发了" in text(send(post, "苏青", "change_pass", two, "reissue", reason="补一张"))
    assert "作废了" in text(send(post, "周队", "change_pass", three, "revoke", reason="不来了"))
    assert "还有 1 张没有交还" in text(send(post, "周队", "sign_evening"))
    assert send(post, "高磊", "sign_evening").status_code == 403
    page = shown(post)
    assert "当时还有" in page
    assert f"{two} 号证" in page


def test_each_visit_and_the_day_balance_with_every_revision_counted(post: Post) -> None:
    many, few = post.visit(), post.visit(3, visitor="长丰机械")
    back, lost, void, out = (post.issue(many) for _ in range(4))
    post.issue(few)
    post.do(verbs.take_back, "高磊", number=back)
    post.do(verbs.lose, "苏青", number=lost)
    post.do(verbs.reissue, "苏青", number=lost, reason="补一张")
    post.do(verbs.revoke, "苏青", number=void, reason="不来了")
    post.do(verbs.reissue, "苏青", number=out, reason="换一位陪同")
    told = evening(post.site, post.now)
    by_visit = {one.visit.visitor: one.figures for one in told.balances}
    assert by_visit["云启科技"] == Figures(issued=6, returned=1, void=2, lost=1, outstanding=2)
    assert by_visit["长丰机械"] == Figures(1, 0, 0, 0, 1)
    assert told.total == Figures(7, 1, 2, 1, 3)
    assert told.total.holds


def test_a_revision_that_is_missing_is_seen_in_the_figures(post: Post) -> None:
    number = post.issue(post.visit())
    post.do(verbs.reissue, "苏青", number=number, reason="换一张")
    assert "对不上" not in shown(post)
    unguarded("delete from tours_passrevision where number = 1")
    assert PassRevision.objects.count() == 1
    assert not evening(post.site, post.now).total.holds
    assert "请不要签" in shown(post)


def test_a_pile_of_cards_is_taken_back_by_a_scan_each(post: Post) -> None:
    visit = post.visit()
    one, two = post.issue(visit), post.issue(visit)
    code = code_of(post.row(one), post.now).lower()
    assert f"{one} 号证收回了" in text(send(post, "苏青", "take_back", code=code))
    answer = text(send(post, "高磊", "take_back", code=str(two)))
    assert f"{two} 号证收回了" in answer
    assert "autofocus" in answer
    for wrong, words in (
        ("", "请扫参观证上的码"),
        ("YBNONSENSE", "没有找到这张参观证"),
        (str(two), "已经交还"),
    ):
        refused = send(post, "高磊", "take_back", code=wrong)
        assert refused.status_code == 422
        assert words in text(refused)


def test_a_whole_group_gives_its_passes_back_in_one_tap(post: Post) -> None:
    visit, other = post.visit(), post.visit(3)
    numbers = [post.issue(visit) for _ in range(3)]
    post.issue(other)
    post.scan(numbers[0])
    post.do(verbs.take_back, "高磊", number=numbers[2])
    assert "这一批 2 张都收回了" in text(send(post, "苏青", "all_back", visit.id))
    assert post.inside() == {}, "whoever gave it back has left"
    assert evening(post.site, post.now).total.outstanding == 1
    assert "没有在外的证" in text(send(post, "苏青", "all_back", visit.id))
    assert post.faults() == []


def test_who_handed_a_pass_out_answers_for_it_until_it_is_back(post: Post) -> None:
    post.hire("叶", "ye", "reception_department")
    given, kept = post.issue(post.visit(hours=1)), post.issue(post.visit(hours=1))
    post.do(hand_out, "叶", revisions=(PassRevision.objects.get(visitor_pass__number=given).id,))
    assert over(post, hours=3) == 2
    assert (heard(post, "叶"), heard(post, "苏青")) == (["gate.overdue"], ["gate.overdue"])
    asked = Notice.objects.get(to_id=post.id("叶"))
    assert f"{given} 号证" in asked.title
    assert asked.link.endswith(f"/tours/{post.row(given).visit_id}/passes/")
    page = shown(post)
    assert "叶负责追回" in page
    assert "苏青负责追回" in page, "whoever issued it, where nobody handed it out"
    post.do(verbs.take_back, "高磊", number=given)
    post.do(verbs.lose, "苏青", number=kept)
    assert "负责追回" not in shown(post)
