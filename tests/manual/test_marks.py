"""Tests are tied to clauses by what their source says, without running them."""

from pathlib import Path

from yingbin.manual.marks import marks_in, proofs

SOURCE = """
import pytest
from hypothesis.stateful import RuleBasedStateMachine

pytestmark = [pytest.mark.django_db, pytest.mark.clause("TQ-11")]

@pytest.mark.clause("TQ-4", "TQ-9")
def test_two(): ...

@pytest.mark.parametrize("who", [pytest.param("a", marks=pytest.mark.clause("TQ-8"))])
async def test_one_case(who): ...

def helper(): ...

@pytest.mark.clause("TQ-6")
class TestClaims:
    pytestmark = pytest.mark.clause("TQ-3")

    @pytest.mark.clause("TQ-6")
    def test_inside(self): ...

@pytest.mark.clause("TQ-7")
class TestMachine(Queue.TestCase):
    settings = None

# pytest.mark.clause("TQ-10")
NOTE = 'pytest.mark.clause("TQ-10")'
"""


def test_marks_of_functions_cases_classes_and_modules_are_found_and_comments_are_not() -> None:
    assert sorted(marks_in(SOURCE)) == [
        ("TQ-11", "TestClaims::test_inside"),
        ("TQ-11", "TestMachine"),
        ("TQ-11", "test_one_case"),
        ("TQ-11", "test_two"),
        ("TQ-3", "TestClaims::test_inside"),
        ("TQ-4", "test_two"),
        ("TQ-6", "TestClaims::test_inside"),
        ("TQ-7", "TestMachine"),
        ("TQ-8", "test_one_case"),
        ("TQ-9", "test_two"),
    ]


def test_a_tree_gives_its_proofs_in_a_fixed_order(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "tests" / "rules").mkdir(parents=True)
    body = 'import pytest\n@pytest.mark.clause("{}")\ndef test_{}(): ...\n'
    (tmp_path / "tests" / "test_b.py").write_text(body.format("TQ-2.1", "b"))
    (tmp_path / "tests" / "rules" / "test_a.py").write_text(body.format("TQ-2.1", "a"))
    (tmp_path / "tests" / "rules" / "cast.py").write_text(body.format("TQ-2.1", "c"))
    assert proofs(tmp_path) == {
        "TQ-2.1": ("tests/rules/test_a.py::test_a", "tests/test_b.py::test_b")
    }


def test_an_installed_copy_doesnt_take_other_peoples_tests_for_its_own(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text("this is not even Python (")
    assert proofs(tmp_path) == {}
