"""What a newcomer meets first: the README's commands, the parts of the package, the licence."""

from __future__ import annotations

import configparser
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from defusedxml import ElementTree

from orgmap.assets import handbook

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def command(mark: str) -> str:
    """The one line of the fenced block that follows `<!-- mark -->` in the README."""
    found = re.findall(rf"^<!-- {mark} -->\n```\n(.*)\n```$", README, re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def test_one_command_installs_and_runs_it() -> None:
    assert command("run").split(" && ") == [
        "python3 -m venv .venv",
        ".venv/bin/pip install .",
        ".venv/bin/orgmap",
    ]


def test_one_command_installs_and_passes_the_tests() -> None:
    assert command("test").split(" && ") == [
        "python3 -m venv .venv",
        ".venv/bin/pip install -e '.[test]'",
        ".venv/bin/python -m pytest -n 2",
    ]


def test_ci_runs_the_test_command_of_the_readme_and_none_of_its_own() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    reads = re.search(r"^readme_command\(\) \{\n.*?^\}$", script, re.MULTILINE | re.DOTALL)
    assert reads is not None

    told = subprocess.run(
        ["bash", "-c", f"top={ROOT}\n{reads.group()}\nreadme_command test"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == command("test")
    assert "$(readme_command test)" in script
    assert "pytest" not in script


def test_every_file_the_readme_speaks_of_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)

    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_commands_of_the_readme_are_the_commands_of_the_program() -> None:
    from orgmap import cli

    section = README.split("## On the command line")[1]
    shown = set(re.findall(r"^orgmap ([a-z-]+)", section, re.MULTILINE))

    assert shown == set(cli.COMMANDS)


def test_the_findings_of_the_readme_are_those_that_are_built() -> None:
    from orgmap.analysis import catalogue, registry

    listed = README.split("## What it finds")[1].split("##")[0]
    rows = re.findall(r"^\| ([^|]+?) \|", listed, re.MULTILINE)[1:]

    assert sorted(rows) == sorted(str(catalogue.title(code)()) for code in registry.CODES)


def test_each_library_has_its_reason_and_its_range() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = architecture.split("## What we stand on")[1]
    signs = str.maketrans({">": "", "=": "", "<": ""})

    for wanted in PROJECT["dependencies"]:
        name, numbers = re.split(r"(?=[<>=])", wanted, maxsplit=1)
        row = next(line for line in table.splitlines() if line.startswith(f"| {name} |"))
        assert all(number.translate(signs) in row for number in numbers.split(","))


@pytest.mark.parametrize("script", ["scripts", "gui-scripts"])
def test_the_program_can_be_started_by_name(script: str) -> None:
    assert set(PROJECT[script].values()) == {"orgmap.__main__:main"}


def test_a_desktop_knows_the_program_and_its_files() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(ROOT / "packaging" / "orgmap.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]

    described = ElementTree.fromstring((ROOT / "packaging" / "orgmap.xml").read_bytes())
    kind = described[0]

    assert desktop["Exec"].split()[0] in PROJECT["gui-scripts"]
    assert desktop["MimeType"].strip(";") == kind.get("type")
    assert [each.get("pattern") for each in kind if each.tag.endswith("glob")] == ["*.orgmap"]


def test_the_licence_and_the_resources_go_with_the_wheel() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]

    assert build["targets"]["wheel"]["force-include"] == {
        "resources": "orgmap/_resources",
        "docs/findings.md": "orgmap/_resources/help/findings.md",
    }
    assert handbook("findings.md").is_file()
    assert all((ROOT / path).is_file() for path in build["targets"]["wheel"]["shared-data"])
    assert "LICENSE" in PROJECT["license-files"]
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
