"""The documents say what is: links lead somewhere, commands exist, tables are current.

Regenerate the table of roles: `.venv/bin/python -m tests.project.test_docs`.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from yingbin.people.roles import DELEGATED, GUARDED, PERMISSIONS, ROLES
from yingbin.web.cli import COMMANDS
from yingbin.web.demo.cast import EVERYONE, PASSWORD, PIN

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROLES_PAGE = ROOT / "docs" / "roles.md"

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?<![\w./-])bin/([a-z_]+)((?: [a-z_]+)*)")
READ = re.compile(
    r"""(?:env\.\w+|environ(?:\.get|\.setdefault)?)[(\[]\s*["'](YINGBIN_\w+|DATABASE_URL)["']"""
)
SHELL_READ = re.compile(r"\$\{(YINGBIN_\w+):-")
NAMED = re.compile(r"^\| `(YINGBIN_\w+|DATABASE_URL)` \|", re.MULTILINE)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titles}


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(text_of(document)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found.exists(), f"{name_of(document)} links to {target}, which is not there"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), (
                f"{name_of(document)} links to {target}: no such heading"
            )


@pytest.mark.parametrize("document", PAGES, ids=name_of)
def test_every_command_named_exists(document: Path) -> None:
    words = {c.word for c in COMMANDS}
    for script, rest in COMMAND.findall(text_of(document)):
        assert (ROOT / "bin" / script).is_file(), f"{name_of(document)} names bin/{script}"
        first = rest.split()[:1]
        if script == "yingbin" and first:
            assert first[0] in words, f"{name_of(document)} names bin/yingbin {first[0]}"


def variables_read() -> Iterator[str]:
    for file in sorted((ROOT / "yingbin").rglob("*.py")):
        yield from READ.findall(text_of(file))
    for folder in ("bin", "bench", "tests/journeys"):
        for file in sorted((ROOT / folder).iterdir()):
            if file.is_file():
                yield from READ.findall(text_of(file)) + SHELL_READ.findall(text_of(file))


def test_every_environment_variable_is_documented_and_none_besides() -> None:
    read = set(variables_read())
    assert {"YINGBIN_DATA", "YINGBIN_HTTPS", "YINGBIN_VENV", "DATABASE_URL"} <= read
    assert set(NAMED.findall(text_of(ROOT / "docs" / "operations.md"))) == read


def test_pages_name_no_variable_that_nobody_reads() -> None:
    read = set(variables_read())
    for page in PAGES:
        for name in re.findall(r"\bYINGBIN_[A-Z_]+\b", text_of(page)):
            dotted_setting = f"{name} = " in text_of(ROOT / "yingbin/web/settings.py")
            assert name in read or dotted_setting, f"{name_of(page)} names {name}"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_names_both_commands_and_the_demos_logins(readme: str) -> None:
    text = text_of(ROOT / readme)
    for command in ("    bin/serve\n", "    bin/test\n"):
        assert command in text
    for word in [PASSWORD, PIN, *(m.account for m in EVERYONE)]:
        assert f"`{word}`" in text, f"{readme} doesn't name {word}"


def test_both_readmes_show_the_same_things() -> None:
    def shown(page: str) -> list[str]:
        text = text_of(ROOT / page)
        return sorted({t for t in LINK.findall(text) if not t.startswith("README")})

    assert shown("README.md") == shown("README.zh.md")


def test_the_package_asks_for_what_the_scripts_install() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    listed = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").split("\n")
    assert project["dependencies"] == [line.strip() for line in listed if line.strip()]


def roles_page() -> str:
    """docs/roles.md, made from the table of roles."""
    lines = [
        "# Roles",
        "",
        "Who may do what. Made from `yingbin/people/roles.py` by",
        "`.venv/bin/python -m tests.project.test_docs`; don't edit by hand.",
        "",
        "A role is held at one site; an administrator's and an auditor's may hold for the whole company.",
        "*Guarded*: a shared tablet's PIN doesn't open it, and managers of a real company need the",
        "second factor. *Delegated*: a recorded delegate of the sales manager may do it too.",
        "",
        "## Permissions",
        "",
        "| permission | 中文 | guarded | delegated | roles |",
        "|---|---|---|---|---|",
    ]
    for permission, words in PERMISSIONS.items():
        held = ", ".join(f"`{r.id}`" for r in ROLES.values() if permission in r.allows)
        guarded = "yes" if permission in GUARDED else ""
        delegated = "yes" if permission in DELEGATED else ""
        lines.append(f"| `{permission}` | {words} | {guarded} | {delegated} | {held} |")
    lines += ["", "## Roles", "", "| role | 中文 | permissions |", "|---|---|---|"]
    for role in ROLES.values():
        allows = ", ".join(f"`{p}`" for p in PERMISSIONS if p in role.allows)
        lines.append(f"| `{role.id}` | {role.title} | {allows} |")
    return "\n".join(lines) + "\n"


def test_the_page_of_roles_is_current() -> None:
    assert text_of(ROLES_PAGE) == roles_page(), "run: .venv/bin/python -m tests.project.test_docs"


if __name__ == "__main__":
    ROLES_PAGE.write_text(roles_page(), encoding="utf-8")
