"""The wing of docs/adding-a-wing.md, built from its text in a copy of the house, works and keeps the house's rules."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/adding-a-wing.md"
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.M | re.S)
KEPT = ("yingbin", "tests", "procedures", "docs", "requirements", "pyproject.toml", "README.md")
AFTER = '    "yingbin.gallery",\n'


def blocks() -> list[tuple[str, str, str]]:
    """Language, path and text of every block that is a file, or a line of one."""
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


def build(into: Path) -> None:
    """A copy of the house with the page's files in it, and its one line in the settings."""
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, into / name)
    for language, path, text in blocks():
        file = into / path
        if language == "line":
            settings = file.read_text(encoding="utf-8")
            assert settings.count(AFTER) == 1
            file.write_text(settings.replace(AFTER, AFTER + text), encoding="utf-8")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    migrations = into / "yingbin/keys/migrations"
    (migrations / "__init__.py").touch()


def run(house: Path, *words: str) -> str:
    """Runs Python in the copy, on a test database of its own; its output, where it ended well."""
    parts = urlsplit(os.environ.get("DATABASE_URL", ""))
    environment = {**os.environ, "PYTHONPATH": str(house), "YINGBIN_TESTING": "1"}
    environment["DATABASE_URL"] = urlunsplit(parts._replace(path="/example_wing"))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", *words],
        cwd=house, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, with the wing's first migration made."""
    made = tmp_path_factory.mktemp("house")
    build(made)
    second = made / "yingbin/keys/migrations/0002_loans_are_final.py"
    later = second.read_text(encoding="utf-8")
    second.unlink()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yingbin.web.settings")
    run(made, "-m", "django", "makemigrations", "keys", "-v", "0")
    second.write_text(later, encoding="utf-8")
    return made


def test_a_wing_is_one_folder_and_one_line(house: Path) -> None:
    folders = {Path(path).parts[:2] for _, path, _ in blocks()}
    assert folders == {("yingbin", "keys"), ("tests", "keys"), ("yingbin", "web")}
    (line,) = [text for language, _, text in blocks() if language == "line"]
    assert line.count("\n") == 1


def test_the_wing_works_and_the_house_accepts_it(house: Path) -> None:
    tests = ["tests/keys", "tests/project/test_wings.py", "tests/project/test_layers.py"]
    # Of the rules that are held against each file alone, those of the new files: the others are as they were.
    tests += ["-k", "keys or not (.py] or .html])"]
    out = run(house, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db", *tests)
    assert " passed" in out


def test_the_wing_is_written_as_the_house_is(house: Path) -> None:
    run(house, "-m", "ruff", "check", "yingbin/keys", "tests/keys")
    run(house, "-m", "ruff", "format", "--check", "yingbin/keys")
