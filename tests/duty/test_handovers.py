"""交接班 in the running system: frozen, each entry answered, both sign, the owner changes (SF-4.1, SF-4.3.6)."""

from uuid import UUID

import pytest

from yingbin.duty.actions import handovers, lines, presence
from yingbin.duty.export import disagreements
from yingbin.duty.queries.picture import picture
from yingbin.journal.check import check_site
from yingbin.matters.actions import act, assign
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused

from .flat import Flat

pytestmark = pytest.mark.clause("SF-4.3.6")


@pytest.fixture
def noon(flat: Flat) -> Flat:
    """叶 hands over to 陈 at noon; a slip is open."""
    flat.roster(叶="早", 陈="晚", 许="全")
    flat.sign_on("叶", "许", at="08:20")
    flat.do(lines.open_line, "叶", kind="slip", post=flat.post, title="客户问车位价格", at="10:00")
    flat.sign_on("陈", at="12:00")
    return flat


def begin(flat: Flat, **more: object) -> UUID:
    told = {"post": flat.post, "giver": flat.people["叶"], "receiver": flat.people["陈"]}
    return flat.do(handovers.start_handover, "叶", **told, **more).handover


def answer(flat: Flat, handover: UUID, *, accepts: bool = True, reason: str = "") -> None:
    seen = picture(flat.site, flat.now).handover(str(handover))
    assert seen is not None
    for e in seen.entries:
        told = {"kind": e.kind, "entry": e.id, "accepts": accepts, "reason": reason}
        flat.do(handovers.answer_entry, "陈", handover=handover, **told)


def test_with_both_signatures_the_open_slip_has_the_receiver_as_owner(noon: Flat) -> None:
    handover = begin(noon, keys=("大门1号",), stock=(("鞋套", 40),))
    answer(noon, handover)
    noon.do(handovers.sign_handover, "叶", handover=handover)
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]
    noon.do(handovers.sign_handover, "陈", handover=handover)
    assert Matter.objects.get(kind="slip").owner_id == noon.people["陈"]
    assert list(disagreements(noon.log)) == []
    found = [str(f) for x in check_site(noon.site) for f in x.found]
    assert [f for f in found if not f.startswith("角色")] == []


def test_what_is_objected_to_stays_and_the_lead_hears_of_it(noon: Flat) -> None:
    handover = begin(noon)
    with pytest.raises(Refused, match="写一句原因"):
        answer(noon, handover, accepts=False)
    answer(noon, handover, accepts=False, reason="没说清楚是哪位客户")
    for who in ("叶", "陈"):
        noon.do(handovers.sign_handover, who, handover=handover)
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]
    assert "objected→lead" in noon.alerts()


def test_nobody_signs_before_every_entry_is_answered(noon: Flat) -> None:
    with pytest.raises(Refused, match="没有确认"):
        noon.do(handovers.sign_handover, "陈", handover=begin(noon))


def test_the_first_responsible_person_changes_by_handover_alone(noon: Flat) -> None:
    matter = Matter.objects.get(kind="slip")
    with pytest.raises(Refused, match="交接班"):
        noon.do(assign, "许", matter_id=matter.id, to=noon.people["陈"], note="换人", as_owner=True)


def test_nobody_takes_a_handover_as_a_step_of_its_own(noon: Flat) -> None:
    matter = Matter.objects.get(kind="slip")
    for verb in ("hand_over", "lapse"):
        with pytest.raises(Refused, match="没有"):
            noon.do(act, "陈", matter_id=matter.id, verb=verb, to=noon.people["陈"])
    assert Matter.objects.get(kind="slip").owner_id == noon.people["叶"]


def test_whoever_leaves_with_open_lines_is_told_to_the_lead(noon: Flat) -> None:
    noon.do(presence.sign_off, "叶", at="14:00")
    assert noon.alerts()[-1] == "lines_left→lead"


def test_a_handover_not_signed_in_time_is_told_to_the_lead(noon: Flat) -> None:
    begin(noon)
    noon.clock("12:16")
    assert "handover_late→lead" in noon.alerts()
