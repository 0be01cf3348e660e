"""A day with everything in it as a file that others replay; and whose words go when a customer asks (TQ-11)."""

import argparse
import json
import re
from datetime import date

import pytest
from django.apps import apps
from django.db import models

from tests.force import unguarded
from yingbin.customers.actions import erase_person
from yingbin.customers.models import Customer
from yingbin.duty import cli
from yingbin.duty.actions import checks, faults, handovers, incidents, lines
from yingbin.duty.actions.lines import Details
from yingbin.duty.actions.written import erase_words
from yingbin.duty.export import contract_day, disagreements
from yingbin.duty.models import (
    Asset,
    DutyAlert,
    DutyEvent,
    Handover,
    HandoverNote,
    Incident,
    LineDetail,
    ShowVisit,
)
from yingbin.duty.written import KINDS, find
from yingbin.journal import verify
from yingbin.journal.export import export_lines
from yingbin.matters.models import Matter
from yingbin.rules.decision import Refused
from yingbin.rules.duty.replay import replay

from .flat import Flat
from .full import damage, findings

DAY = date(2026, 11, 23)
DECIDED = ("accepted", "refused")
Log = list[dict[str, object]]


def asked(day: Flat, on: date | None = DAY, site: str = "") -> argparse.Namespace:
    return argparse.Namespace(site=site or day.place.code, date=on)


def decided(text: str) -> Log:
    """What the command's own function decides of a file."""
    log = replay(json.loads(text))["log"]
    assert isinstance(log, list)
    return log


def exported(day: Flat, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.export(asked(day)) == 0
    return capsys.readouterr().out


@pytest.mark.clause("SF-4.3.7")
def test_the_exported_day_replays_to_the_same_decisions(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    log = decided(exported(day, capsys))
    stored = DutyEvent.objects.filter(log=day.log).order_by("index")
    answers = [e["what"] for e in log if e["what"] in DECIDED]
    assert answers == ["accepted" if e.accepted else "refused" for e in stored]
    assert "refused" in answers


def test_and_to_the_same_alerts_in_the_same_order(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    log = decided(exported(day, capsys))
    names = {str(who): name for name, who in day.people.items()}
    stored = DutyAlert.objects.filter(log=day.log).order_by("index")
    again = [(e["what"], e["to"]) for e in log if e["what"] not in DECIDED]
    assert again == [(a.what, names.get(a.to, a.to)) for a in stored]
    assert len(again) > 10


def test_a_file_is_read_by_people_so_it_holds_names_and_no_ids(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    text = exported(day, capsys)
    own = json.loads(text)
    assert {p["who"] for p in own["people"]} == set(day.people)
    assert [p["post"] for p in own["posts"]] == ["样板间A"]
    assert "lists" not in own
    for who in day.people.values():
        assert str(who) not in text


@pytest.mark.parametrize("secret", ["王建国", "13812341234", "李女士", "带孩子", "发烧", "漏水"])
def test_no_customer_and_no_illness_leaves_the_house_in_a_file(
    day: Flat, capsys: pytest.CaptureFixture[str], secret: str
) -> None:
    assert secret not in exported(day, capsys)


def test_a_file_says_the_same_twice(day: Flat, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(day, capsys) == exported(day, capsys)


def test_an_event_left_out_of_the_file_decides_otherwise(day: Flat) -> None:
    """The control: the replay does look at the events."""
    file = json.loads(json.dumps(contract_day(day.log)))
    whole = len(decided(json.dumps(file)))
    came = next(e for e in file["events"] if e["event"] == "sign_on")
    file["events"].remove(came)
    assert len(decided(json.dumps(file))) != whole


@pytest.mark.parametrize(
    ("site", "on", "said"),
    [("", date(2026, 11, 22), "没有找到"), ("nowhere", DAY, "没有找到 nowhere")],
)
def test_what_was_never_written_is_not_exported(
    day: Flat, capsys: pytest.CaptureFixture[str], site: str, on: date, said: str
) -> None:
    assert cli.export(asked(day, on, site)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_the_check_of_a_good_day_says_how_many_days_it_looked_at(
    day: Flat, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.check(asked(day, None)) == 0
    assert capsys.readouterr().out == "核对 1 天，不一致 0 处\n"
    assert cli.check(asked(day, None, "nowhere")) == 2
    assert "没有代号为 nowhere 的项目" in capsys.readouterr().err
    assert cli.check(asked(day, date(2026, 11, 22))) == 2
    assert "在 2026-11-22 的值班记录" in capsys.readouterr().err, "it isn't taken for a good one"


@pytest.mark.clause("TQ-11")
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("update duty_dutyevent set accepted = true where not accepted", "存的是准许，重放是不准"),
        ("update duty_dutyalert set because = '没事' where index = 4", "第 4 条提醒起"),
        ("delete from duty_dutyalert where index = 17", "第 17 条提醒起"),
        ("update duty_dutylog set standing = '{}'", "存的当前情况"),
        ("update duty_dutylog set trouble = '[1]'", "存的异常"),
        ("update duty_dutylog set next_at = began_at", "记的下一次到时间"),
    ],
)
def test_the_check_of_a_forged_day_says_what_is_wrong_and_fails(
    day: Flat, capsys: pytest.CaptureFixture[str], sql: str, said: str
) -> None:
    unguarded(sql)
    assert cli.check(asked(day)) == 1
    first, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("2026-11-23: ")
    assert said in first


# Erasing


def wang(day: Flat) -> Customer:
    visit = ShowVisit.objects.get(site_id=day.site, number=1, customer_id__isnull=False)
    return Customer.objects.get(id=visit.customer_id)


def erase(day: Flat, card: Customer) -> None:
    told = {"customer_id": card.id, "reason": "本人来信", "sure": str(card.number)}
    day.do(erase_person, "许", **told)


def test_a_visitor_who_asks_leaves_numbers_and_no_words(day: Flat) -> None:
    erase(day, wang(day))
    visit = ShowVisit.objects.get(site_id=day.site, number=1)
    assert (visit.called, visit.phone, visit.note, visit.salt) == ("", "", "", "")
    assert (visit.group_size, visit.left_at is None) == (2, False)
    assert ShowVisit.objects.get(site_id=day.site, number=2).note == "只看看"
    assert findings(day) == []


def test_words_put_back_after_an_erasure_are_found(day: Flat) -> None:
    erase(day, wang(day))
    ShowVisit.objects.filter(site_id=day.site, number=1).update(note="带孩子")
    assert [f for f in findings(day) if "备注已按客户要求删除过，却又有了" in f]


def test_who_was_there_when_the_vase_broke_goes_with_the_customer_it_is_about(day: Flat) -> None:
    card = wang(day)
    Matter.objects.filter(id=damage(day)).update(customer_id=card.id)
    erase(day, card)
    kept = LineDetail.objects.get(matter=damage(day))
    assert (kept.present, kept.salt) == ("", "")
    assert (kept.value, kept.cause) == (1800, "child")
    assert [f for f in findings(day) if "在场的人" in f] == []


def test_what_colleagues_wrote_to_one_another_stays(day: Flat) -> None:
    erase(day, wang(day))
    assert HandoverNote.objects.get(log=day.log).words == "备用钥匙在抽屉"
    assert list(disagreements(day.log)) == []


# Every column of the wing that holds words somebody typed, and what becomes of them.
BY_CUSTOMER = "emptied with the customer they are about"
BY_NAME = "emptied where they name a customer who is erased, and by hand"
BOTH = "emptied with the customer they are about, where they name one, and by hand"
OWN = "the house's own: what it owns, how it works, why a colleague did something; the page asks for no customer"
OVER = "a supplier's, written over on the page of the asset"
FIXED = "names, ids and numbers the program itself gives"
TYPED = {
    "Asset.name": OWN, "Asset.place": OWN, "Asset.notes": OWN, "Asset.supplier": OWN,
    "Asset.contact": OVER, "Asset.mark": FIXED,
    "CheckAnswer.choice": OWN, "CheckAnswer.item": FIXED, "CheckAnswer.result": FIXED,
    "CheckAnswer.strokes": OWN, "CheckAnswer.task": FIXED, "CheckDraft.body": OWN,
    "CheckDraft.kind": FIXED, "CheckList.body": OWN, "CheckList.kind": FIXED,
    "CheckReturn.item": FIXED, "CheckReturn.task": FIXED, "CheckReturn.word": BY_NAME,
    "DutyAlert.because": FIXED, "DutyAlert.clause": FIXED, "DutyAlert.facts": FIXED,
    "DutyAlert.to": FIXED, "DutyAlert.what": FIXED,
    "DutyEvent.event": FIXED, "DutyEvent.facts": FIXED, "DutyEvent.words": BY_NAME,
    "DutyLog.opening": FIXED, "DutyLog.standing": FIXED, "DutyLog.trouble": FIXED,
    "EmergencyProcedure.steps": OWN, "EmergencyProcedure.type": OWN, "EmergencyProcedure.why": OWN,
    "FaultReport.reason": BY_NAME, "FaultReport.state": FIXED, "FaultReport.words": BY_NAME,
    "FlatFacts.advantages": OWN, "FlatFacts.answers": OWN, "FlatFacts.area": OWN,
    "FlatFacts.layout": OWN, "FlatFacts.pictures": FIXED, "FlatFacts.structure": OWN,
    "Handover.also": FIXED, "Handover.expected": OWN, "Handover.facilities": FIXED,
    "HandoverNote.what": FIXED, "HandoverNote.words": BY_NAME, "HandoverSignature.side": FIXED,
    "HandoverSignature.signed": FIXED, "HandoverSignature.strokes": OWN,
    "Incident.kind": FIXED, "Incident.steps": OWN, "Incident.type": OWN, "IncidentCopy.form": FIXED,
    "IncidentCopy.sha256": FIXED, "IncidentCopy.why": OWN, "IncidentNote.role": FIXED,
    "IncidentNote.what": FIXED, "IncidentNote.words": BY_NAME, "LineDetail.cause": FIXED,
    "LineDetail.present": BOTH, "LineDetail.supplier": OWN, "MatchConfirmation.word": BY_NAME,
    "MatchSettlement.word": BOTH,
    "ReportSending.error": FIXED, "ReportSending.sha256": FIXED, "ReportSending.state": FIXED,
    "ReportSending.to_whom": BY_NAME, "ReportSending.way": FIXED, "Asset.kind": OWN,
    "PassedQuestion.forget": FIXED, "PassedQuestion.state": FIXED, "PostRule.kind": FIXED,
    "SharedCheckList.body": OWN, "SharedCheckList.kind": FIXED, "SharedCheckList.place": FIXED,
    "ShiftKind.mark": OWN, "ShiftKind.title": OWN, "ShiftSwap.status": FIXED,
    "ShowVisit.called": BY_CUSTOMER, "ShowVisit.note": BY_CUSTOMER, "ShowVisit.phone": BY_CUSTOMER,
    "ShowVisit.source": FIXED, "ShowVisit.wording": FIXED, "VisitMatching.pairs": FIXED,
    "VisitReferral.because": FIXED, "VisitReferral.state": FIXED, "VisitSheet.digest": FIXED,
    "VisitSheet.receipt": FIXED, "VisitSheet.signed": FIXED, "VisitSheet.strokes": OWN,
    "VisitSheetCopy.form": FIXED, "VisitSheetCopy.sha256": FIXED, "VisitSheetCopy.why": OWN,
    "VisitSheetWords.words": OWN,
}  # fmt: skip
GOES = (BY_CUSTOMER, BY_NAME, BOTH)


def test_every_column_of_words_has_been_thought_about() -> None:
    """A new one stands here with what becomes of its words, or this test names it."""
    found = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("duty").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and field.name != "salt"
    }
    assert found == set(TYPED)


def test_the_columns_that_are_looked_through_for_a_name_are_those_that_say_so() -> None:
    through = {f"{k.model.__name__}.{column}" for k in KINDS for column in k.columns}
    assert through == {name for name, fate in TYPED.items() if fate in (BY_NAME, BOTH)}


def test_whatever_is_emptied_for_a_customer_was_committed_to_with_a_salt() -> None:
    """Without one the journal couldn't hold words that may go again."""
    for name in (one for one, fate in TYPED.items() if fate in GOES):
        model = apps.get_model("duty", name.split(".")[0])
        assert any(f.name == "salt" for f in model._meta.get_fields()), name


# What 王建国, 13812341234, is named in although no card is linked with it: who writes it, and where it is kept.
NAMED = "王建国 13812341234 说了算"


def named_everywhere(day: Flat) -> None:
    """His name in every kind of words that somebody on duty types."""
    task = f"{day.post}/opening"
    incident, handover = Incident.objects.get(site_id=day.site), Handover.objects.get(log=day.log)
    day.do(handovers.add_to_handover, "叶", handover=handover.id, words=NAMED)
    day.do(incidents.add_words, "陈", incident=incident.id, text=NAMED)
    day.do(checks.send_back, "许", task=task, item="environment", word=NAMED)
    shut = {"task": f"{day.post}/closing", "item": "gas", "result": "na", "reason": NAMED}
    day.do(checks.answer, "陈", at="17:40", **shut)
    mark = Asset.objects.get(site_id=day.site).mark
    fault = day.do(faults.tell_fault, "叶", mark=mark, words=NAMED)
    day.do(faults.dismiss_fault, "陈", fault=fault, reason=NAMED)
    details = Details(cause="unknown", present=NAMED)
    day.do(lines.open_line, "陈", kind="damage", post=day.post, title="门刮花了", details=details)


def left_of(day: Flat) -> list[str]:
    """In which kinds of words he still stands."""
    return sorted({one.kind.id for one in find(day.site, "王建国")})


HE = ["check_return", "damage", "event", "fault", "handover_note", "incident_note"]


@pytest.mark.clause("TQ-11")
def test_a_customer_who_asks_goes_from_every_sentence_that_names_them_and_the_journal_stays_whole(
    day: Flat,
) -> None:
    named_everywhere(day)
    assert left_of(day) == HE
    assert findings(day) == []
    erase(day, wang(day))
    assert left_of(day) == []
    assert "13812341234" not in "".join(w.text for w in find(day.site, "说了算"))
    assert findings(day) == []
    assert list(disagreements(day.log)) == []
    assert HandoverNote.objects.filter(words="备用钥匙在抽屉").exists()


def test_a_reason_that_is_gone_is_still_one_for_whoever_replays_the_day(day: Flat) -> None:
    named_everywhere(day)
    erase(day, wang(day))
    file = json.dumps(contract_day(day.log), ensure_ascii=False)
    assert "已按本人要求删除" in file
    assert "王建国" not in file
    assert decided(file)


@pytest.mark.clause("TQ-11")
def test_a_sentence_is_crossed_out_by_hand_where_nobody_has_a_card(day: Flat) -> None:
    found = find(day.site, "垃圾桶")
    assert [one.kind.id for one in found] == ["incident_note"]
    told = {"text": "垃圾桶", "chosen": (found[0].key,), "because": "needless"}
    assert day.do(erase_words, "许", **told) == 1
    assert find(day.site, "垃圾桶") == []
    assert findings(day) == []
    with pytest.raises(Refused, match="已经被别人涂掉"):
        day.do(erase_words, "许", **told)


def test_what_is_crossed_out_without_saying_so_in_the_journal_is_found(day: Flat) -> None:
    HandoverNote.objects.filter(log=day.log).update(words="", salt="")
    assert [f for f in findings(day) if "空了，但没有删除的记录" in f]


@pytest.mark.parametrize(("text", "many"), [("王", 0), (" ", 0), ("没有这句", 0), ("少一批", 1)])
def test_one_character_is_no_name_to_look_for(day: Flat, text: str, many: int) -> None:
    assert len(find(day.site, text)) == many


def test_crossing_out_wants_a_reason_of_the_list(day: Flat) -> None:
    key = find(day.site, "少一批")[0].key
    with pytest.raises(Refused, match="为什么"):
        day.do(erase_words, "许", text="少一批", chosen=(key,), because="随便")
    assert len(find(day.site, "少一批")) == 1


def test_the_words_of_another_place_are_neither_found_nor_crossed_out(day: Flat) -> None:
    other = Flat()
    assert find(other.site, "少一批") == []
    key = find(day.site, "少一批")[0].key
    with pytest.raises(Refused):
        other.do(erase_words, "许", text="少一批", chosen=(key,), because="asked")
    assert len(find(day.site, "少一批")) == 1


def test_no_id_of_a_row_is_read_by_people_in_what_the_check_says(day: Flat) -> None:
    unguarded("update duty_checkreturn set word = '很好'")
    unguarded("update duty_postrule set minimum = 3")
    unguarded("update duty_incidentnote set at = at - interval '1 hour'")
    found = findings(day)
    assert len(found) >= 3
    assert [f for f in found if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", f)] == []


def test_the_one_file_verifier_finds_a_true_day_whole(day: Flat) -> None:
    lines = list(export_lines(day.site))
    assert verify.verify(lines)[1] == []
    assert any('"duty.visit"' in line for line in lines)
