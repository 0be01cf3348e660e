"""The certificate in somebody's hands: the command reads it, the paper says what the page says, the journal holds it."""

import argparse
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.files.test_paper import read
from yingbin.journal import keys
from yingbin.journal.canonical import canonical
from yingbin.journal.held import Facts, Seen
from yingbin.reports import cli
from yingbin.reports.models import DayCertificate
from yingbin.reports.paper import certificate_pdf, title_of
from yingbin.reports.witnesses import of_reports

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
HELD = {"sentence": "每一批都按轮次", "clause": "TQ-1.2", "checked": 12, "holds": True}
BROKEN = {"sentence": "没有人被跳过", "clause": "TQ-7", "checked": 3, "holds": False,
          "broken": "第 3 条判定与规则重放不符"}  # fmt: skip


def public(key: Ed25519PrivateKey) -> str:
    return keys.public_bytes(key).hex()


def body(*findings: dict[str, object], **more: object) -> dict[str, Any]:
    """What a certificate says."""
    return {
        "yingbin_certificate": 1,
        "site": str(UUID(int=1)),
        "day": "2026-11-21",
        "rule_version": "5",
        "journal_seq": 118,
        "findings": [*findings],
        **more,
    }


def signed(told: dict[str, Any], key: Ed25519PrivateKey = KEY) -> dict[str, Any]:
    """The file as the page hands it out."""
    return {
        **told,
        "public_key": public(key),
        "signature": key.sign(canonical(told)).hex(),
        "receipt": "K7QF-2M9X",
    }


def verified(tmp_path: Path, file: object, key: str | None = None) -> int:
    """How the command ends on such a file."""
    path = tmp_path / "certificate.json"
    path.write_text(file if isinstance(file, str) else json.dumps(file), encoding="utf-8")
    return cli.run_verify(argparse.Namespace(file=path, key=key))


def test_a_good_certificate_is_good_whoever_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, signed(body(HELD))) == 0
    assert verified(tmp_path, signed(body(HELD)), public(KEY)) == 0
    assert "2026-11-21 签名成立，1 项检查，0 项不成立" in capsys.readouterr().out


def test_a_certificate_of_a_broken_day_is_signed_and_names_what_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(tmp_path, signed(body(HELD, BROKEN))) == 1
    said = capsys.readouterr().out
    assert "签名成立，2 项检查，1 项不成立" in said
    assert "没有人被跳过：第 3 条判定与规则重放不符" in said


def changed(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda file: file.update({name: value})


def mend(file: dict[str, Any]) -> None:
    file["findings"][1]["holds"] = True


@pytest.mark.parametrize(
    "forge",
    [
        changed("day", "2026-11-22"),
        changed("site", str(UUID(int=2))),
        changed("rule_version", "4"),
        changed("journal_seq", 117),
        changed("findings", [HELD]),
        changed("more", "words"),
        mend,
    ],
)
def test_a_certificate_that_was_touched_is_none(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    forge: Callable[[dict[str, Any]], None],
) -> None:
    file = json.loads(json.dumps(signed(body(HELD, BROKEN))))
    forge(file)
    assert verified(tmp_path, file) == 1
    assert "签名不成立" in capsys.readouterr().out


def test_who_has_the_houses_key_is_not_taken_in_by_another(tmp_path: Path) -> None:
    forged = signed(body(HELD), OTHER)
    assert verified(tmp_path, forged) == 0, "by the key that it brings itself"
    assert verified(tmp_path, forged, public(KEY)) == 1


@pytest.mark.parametrize(
    "file",
    ["", "{", "[]", '"words"', "{}", '{"public_key": "xy", "signature": "zz"}', '{"signature": 1}'],
)
def test_what_is_no_certificate_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    assert verified(tmp_path, file) == 2
    assert "这不是一份公平证书" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_no_certificate(tmp_path: Path) -> None:
    assert cli.run_verify(argparse.Namespace(file=tmp_path / "none.json", key=None)) == 2


def certificate(*findings: dict[str, object], **more: Any) -> DayCertificate:
    told = body(*findings, **more)
    return DayCertificate(
        site_id=UUID(int=1),
        day=date(2026, 11, 21),
        at=datetime(2026, 11, 21, 12, 30, tzinfo=UTC),
        body=told | {"public_key": public(KEY)},
        holds=all(f["holds"] for f in findings),
        signature=KEY.sign(canonical(told)).hex(),
        key_id="abcd1234abcd1234",
        seq=120,
        receipt="K7QF-2M9X",
    )


def on_paper(found: DayCertificate, *, stands: bool = True) -> str:
    text, pages = read(certificate_pdf(found, site="湖畔雅居销售中心", stands=stands))
    assert pages == 1
    return text


@pytest.mark.clause("TQ-11")
def test_the_paper_says_day_place_findings_key_and_how_to_check() -> None:
    text = on_paper(certificate(HELD))
    for words in (
        "公平证书", "湖畔雅居销售中心", "2026年11月21日", "各项核对全部成立", "每一批都按轮次", "核对12次",
        "K7QF-2M9X", "abcd1234abcd1234", "第5版", "签于记录链第118条之后", "certificateverify",
        "签于2026-11-2120:30",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.clause("TQ-11")
def test_the_paper_of_a_broken_day_hides_nothing() -> None:
    text = on_paper(certificate(HELD, BROKEN))
    assert "有一项不成立" in text
    assert "不成立没有人被跳过第3条判定与规则重放不符" in text
    assert "全部成立" not in text


def test_the_paper_of_a_day_that_went_on_says_which_one_counts() -> None:
    before = on_paper(certificate(HELD), stands=False)
    assert "以新的证书为准" in before
    after = on_paper(certificate(HELD, replaces={"seq": 118, "receipt": "AAAA-BBBB"}))
    assert "代替" in after
    assert "AAAA-BBBB" in after
    assert "以新的证书为准" not in after


def test_a_place_without_a_queue_is_certified_whole_and_by_no_rules() -> None:
    found = certificate({**HELD, "sentence": "没有缺号", "clause": ""}, sealed=118)
    del found.body["rule_version"]
    assert title_of(found) == "当日记录证书"
    text = on_paper(found)
    assert "当日记录证书" in text
    assert "公平" not in text
    assert "第5版" not in text


def held_against_its_entry(found: DayCertificate) -> list[str]:
    """What the check says of this row beside the entry of the certificate that was issued."""
    issued = certificate(HELD)
    told = {k: v for k, v in issued.body.items() if k != "public_key"}
    digest = hashlib.sha256(canonical(told)).hexdigest()
    entry = {"day": "2026-11-21", "holds": True, "sha256": digest}
    seen = Seen(
        issued.site_id, 120, issued.at, "day.certified", "system", "TQ-11", entry, issued.receipt,
        issued.at,
    )  # fmt: skip
    (held,) = of_reports(issued.site_id).held
    return list(held.faults(found, [seen], Facts()))


def test_a_certificate_is_what_the_journal_saw() -> None:
    assert held_against_its_entry(certificate(HELD)) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("holds", False, "成不成立"),
        ("receipt", "0000-0000", "回执码"),
        ("at", datetime(2026, 11, 21, 13, tzinfo=UTC), "时间"),
        ("day", date(2026, 11, 20), "哪一天"),
        ("body", body({**HELD, "checked": 99}), "内容"),
        ("body", body(HELD, BROKEN), "内容"),
    ],
)
def test_a_certificate_changed_in_the_database_is_found(
    name: str, value: object, said: str
) -> None:
    found = certificate(HELD)
    setattr(found, name, value)
    assert held_against_its_entry(found) == [f"{said}和记录链里的不一样"]


def test_the_key_beside_a_certificate_is_no_part_of_what_was_signed() -> None:
    found = certificate(HELD)
    found.body["public_key"] = public(OTHER)
    assert held_against_its_entry(found) == []
