"""What must hold for the repository as a whole."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).parents[1]
HOSTS = re.compile(r"https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|debian|proxy)[^\s\"')]*", re.IGNORECASE)
MACHINE = re.compile(r"(?:^|[^\w.~/-])/(?:root|work|home/\w+|Users/\w+|opt/\w+)/", re.MULTILINE)


def tracked():
    try:
        names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: there is no list of tracked files")
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def texts():
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000] and path.suffix not in {".gz", ".npz"}:
            yield path, data.decode("utf-8")


def test_the_public_names_are_exactly_those_of_all():
    public = {name for name in dir(dragoman) if not name.startswith("_")} | {"__version__"}
    assert public == set(dragoman.__all__)
    assert all(getattr(dragoman, name) is not None for name in dragoman.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        dragoman.nonsense  # noqa: B018


def test_no_tracked_file_holds_a_path_of_one_machine_or_a_registry():
    found = [f"{path.name}: {match[0]}" for path, text in texts() for match in MACHINE.finditer(text)]
    found += [f"{path.name}: {match[0]}" for path, text in texts() for match in HOSTS.finditer(text)]
    assert not found


def test_the_requirements_are_exact_hashed_and_without_addresses():
    for name in ("build", "run", "test"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "://" not in text
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in line and line.endswith("\\") for line in pins)


def test_what_the_package_asks_for_is_locked():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    names = [re.split(r"[<>=!~\[ ]", line)[0] for line in asked]
    assert [name for name in names if f"\n{name}==" not in f"\n{locked}"] == []


def test_the_readme_sets_up_in_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"## Two commands\n.*?```\w*\n(.*?)```", text, re.DOTALL)
    commands = [line.split("#")[0].strip() for line in block[1].splitlines() if line.strip()]
    assert commands == ["make run", "make test"]


def test_every_target_of_the_makefile_has_its_help():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", text, re.MULTILINE)
    told = subprocess.check_output(["make", "help"], cwd=ROOT, text=True)
    assert [target for target in targets if f"make {target} " not in told] == []


def test_links_between_the_pages_lead_somewhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_ledger_page_names_every_table_and_column():
    page = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
    schema = (ROOT / "src" / "dragoman" / "ledger" / "schema.sql").read_text(encoding="utf-8")
    for table, body in re.findall(r"CREATE TABLE (\w+) \(\n(.*?)\n\);", schema, re.DOTALL):
        assert f"`{table}`" in page
        for column in re.findall(r"^\s+\"?(\w+)\"? [A-Z]", body, re.MULTILINE):
            assert f"`{column}`" in page, f"{table}.{column}"


def test_every_setting_is_in_the_docs():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in dragoman.Settings.model_fields if f"`{name}`" not in page] == []


def test_the_baseline_pins_each_gold_file_and_its_floors():
    baseline = json.loads((ROOT / "evaluation" / "baseline.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"[0-9a-f]{64}", pinned["sha256"]) for pinned in baseline.values())
    assert all(0 <= floor <= 1 for pinned in baseline.values() for floor in pinned["floors"].values())
