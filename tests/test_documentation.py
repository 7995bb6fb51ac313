"""What the documentation says is so: its commands are run, its generated parts are fresh."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dictionary import data_dictionary
from tests.cluster.installed import copy_of_the_repository
from tests.conftest import ROOT, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = sorted(path for path in (ROOT / "docs").glob("*.md") if path.stem != "data-dictionary")
PAGES = [README, *(path.read_text(encoding="utf-8") for path in GUIDE)]
SHELL = [block for page in PAGES for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL)]
PYTHON = [block for page in PAGES for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL)]

(TOML,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
GOLDEN = ROOT / "tests" / "golden" / "seed.json"
SHOWN = [8, 5]
LISTS = ["tokens", "lemma", "root", "upos", "diac", "d3"]


def shown_rows():
    """Two rows of the seed's corpus as the README shows them: a column a line."""
    rows = [json.loads(GOLDEN.read_text(encoding="utf-8"))[index] for index in SHOWN]
    lines = ["| column | a heading | a sentence |", "| --- | --- | --- |"]
    for name in ("sentence_id", "block", "text", *LISTS, "entity_name", "entity_type"):
        cells = []
        for row in rows:
            values = row[name] if isinstance(row[name], list) else [row[name]]
            cells.append(" · ".join("∅" if value is None else value for value in values))
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def test_rows_in_the_readme_are_real():
    """Paste what this prints between the two marks if the golden rows changed on purpose."""
    shown = README.partition("<!-- rows -->\n")[2].partition("\n<!-- /rows -->")[0]
    print(shown_rows())
    assert shown == shown_rows()


def commands():
    lines = "\n".join(SHELL).replace("\\\n", "").splitlines()
    return [line.partition(" #")[0].strip() for line in lines if line.strip()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The repository as a user has it, set up; and what the README's examples read."""
    copy = copy_of_the_repository(tmp_path_factory.mktemp("readme") / "warraq")
    (copy / ".venv").symlink_to(sys.prefix)
    (copy / "models" / "morphology").symlink_to(ROOT / "models" / "morphology")
    shutil.copytree(copy / "seeds", copy / "news" / "2016")
    (copy / "warraq.toml").write_text(TOML, encoding="utf-8")
    return copy


def run(command, checkout):
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=checkout,
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.models
@pytest.mark.parametrize("command", commands())
def test_command_of_the_documentation_works(command, checkout):
    if command.startswith("git clone") or command == "make clean-all":
        pytest.skip("this checkout stands for it")
    if command in ("make test", "make check", "make lint", "make bench", "make fuzz"):
        command = command.replace("make", "make --dry-run")  # this is that run, or part of it
    run(command, checkout)


@pytest.mark.models
@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_python_of_the_documentation_works(number, checkout, seed_corpus):
    if not (checkout / "corpus").exists():
        shutil.copytree(seed_corpus, checkout / "corpus", symlinks=True)
    done = subprocess.run(
        [sys.executable, "-c", PYTHON[number]], cwd=checkout, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_data_dictionary_is_the_one_that_the_schemas_give():
    stored = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert stored == data_dictionary(), "run `make dictionary`"


@pytest.mark.parametrize(
    "page",
    sorted(
        path.relative_to(ROOT).as_posix()
        for pattern in ("*.md", "docs/*.md", "models/**/*.md", "tests/**/*.md")
        for path in ROOT.glob(pattern)
    ),
)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    folder = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        assert target.startswith("https://") or (folder / target).exists(), target


def test_nothing_of_a_developers_machine_is_in_the_repository():
    listed = subprocess.run(
        ["git", "grep", "-lE", r"(^|[^.\w])/(work|home|root)/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout
    names = [name for name in listed.split() if Path(name).suffix != ".pt"]
    assert names in ([], ["tests/test_documentation.py"])
