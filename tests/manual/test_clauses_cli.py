"""`yingbin clauses` needs neither Django nor a database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from yingbin.manual import clauses, cli, traceability

ASK = """
import sys
from yingbin.manual import cli
code = cli.main(["clauses", "--json"])
assert not any(name.split(".")[0] == "django" for name in sys.modules)
sys.exit(code)
"""


def run(*words: str) -> int:
    return cli.main(["clauses", *words])


def test_the_json_list_has_every_clause_in_the_form_that_others_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=clauses.ROOT, env={}, capture_output=True, check=True
    )
    listed = json.loads(done.stdout)
    assert [row["id"] for row in listed] == list(clauses.book().clauses)
    for row in listed:
        assert list(row) == [
            "id",
            "title",
            "procedure",
            "kind",
            "state",
            "rules",
            "tests",
            "screens",
        ]
        assert row["state"] in ("live", "planned")
    seventh = next(row for row in listed if row["id"] == "TQ-7")
    assert (
        "tests/manual/test_worked_examples.py::test_five_a_meal_keeps_the_place"
        in (seventh["tests"])
    )


def test_the_plain_list_has_a_line_for_each_clause(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(clauses.book().clauses)
    assert lines[0].startswith("TQ-1 ")
    assert clauses.get("TQ-1").title in lines[0]


def test_a_stale_page_is_told_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(traceability, "PAGE", tmp_path / "docs" / "traceability.md")
    assert run("traceability", "--check") == 1
    assert traceability.COMMAND in capsys.readouterr().err
    assert run("traceability", "--write") == 0
    assert run("traceability", "--check") == 0
    page = traceability.PAGE
    page.write_text(page.read_text(encoding="utf-8") + "x", encoding="utf-8")
    assert run("traceability", "--check") == 1
