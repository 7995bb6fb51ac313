"""What the documentation says is so: its commands are run, its generated parts are fresh."""

import argparse
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.__main__ import parser as recipe_parser
from pipeline.cli import make_parser
from pipeline.dictionary import data_dictionary
from pipeline.error_page import error_page
from pipeline.options import make_options
from tests.cluster.installed import copy_of_the_repository
from tests.conftest import ROOT, environment

README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMES = [
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "models/**/*.md", "tests/**/*.md")
    for path in sorted(ROOT.glob(pattern))
]
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in sorted(NAMES, key=lambda name: name != "README.md")
}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCKS = [(name, *block) for name, page in PAGES.items() for block in FENCE.findall(page)]


def blocks(language):
    return [text for _, found, text in BLOCKS if found == language]


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
    lines = "\n".join(blocks("sh")).replace("\\\n", "").splitlines()
    return list(dict.fromkeys(line.partition(" #")[0].strip() for line in lines if line.strip()))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The repository as a user has it, set up; and what the README's examples read."""
    copy = copy_of_the_repository(tmp_path_factory.mktemp("readme") / "warraq")
    (copy / ".venv").symlink_to(sys.prefix)
    (copy / "models" / "morphology").symlink_to(ROOT / "models" / "morphology")
    shutil.copytree(copy / "seeds", copy / "news" / "2016")
    return copy


@pytest.fixture(scope="module")
def s3_corpus(s3, checkout):
    """What the guide's examples find on a store."""
    run(f".venv/bin/python -m pipeline run seeds --output {s3}/corpus", checkout)


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
def test_command_of_the_documentation_works(command, checkout, request):
    if "s3://" in command:
        request.getfixturevalue("s3_corpus")
    if command.startswith("git clone") or command == "make clean-all":
        pytest.skip("this checkout stands for it")
    if command in (
        "make test", "make check", "make lint", "make bench", "make fuzz", "make docs",
    ):  # fmt: skip
        command = command.replace("make", "make --dry-run")  # this is that run, or part of it
    run(command, checkout)


def programs():
    """The blocks of Python and, as Python, those of SQL."""
    asked = [f"import duckdb; print(duckdb.sql({query!r}).fetchall())" for query in blocks("sql")]
    return blocks("python") + asked


@pytest.mark.models
@pytest.mark.parametrize("program", programs())
def test_program_of_the_documentation_works(program, checkout, seed_corpus, request):
    if "s3://" in program:
        request.getfixturevalue("s3_corpus")
    if not (checkout / "corpus").exists():
        shutil.copytree(seed_corpus, checkout / "corpus", symlinks=True)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=checkout, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("settings", blocks("toml"))
def test_settings_of_the_documentation_are_right(settings, tmp_path):
    path = tmp_path / "warraq.toml"
    path.write_text(settings, encoding="utf-8")
    assert make_options(argparse.Namespace(config=path, inputs=["news"]))


def test_every_block_of_the_documentation_is_run_by_a_test():
    """Those of `ini` by `tests/pipeline/test_schedulers.py`; without a language, it is no code.

    `text` is for commands that need a cluster or a server: what they rely on is run by
    `tests/cluster` and the tests of stores, and the pages say what was not.
    """
    known = {"sh", "python", "sql", "toml", "ini", "text", ""}
    assert {language for _, language, _ in BLOCKS} <= known
    assert all(
        name.startswith(("docs/cluster", "docs/stores"))
        for name, lang, _ in BLOCKS
        if lang == "text"
    )
    for name, language, text in BLOCKS:
        if language == "text":
            continue
        commands = re.findall(r"^\s*(?:\$ |make |\.venv/bin/|python )", text, re.MULTILINE)
        assert language == "sh" or not commands, f"{name}: a command that is not run: {text}"


def test_targets_and_options_that_the_documentation_names_exist():
    # The pages on clusters name options of other programs, too.
    others = ("tests/", "docs/cluster")
    text = "\n".join(page for name, page in PAGES.items() if not name.startswith(others))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    commands = make_parser()._subparsers._group_actions[0].choices
    recipes = recipe_parser()._subparsers._group_actions[0].choices
    each_command = [*commands.values(), *recipes.values()]
    flags = {flag for each in each_command for flag in each._option_string_actions}
    assert set(re.findall(r"`(--[a-z-]+)[ `]", text)) <= flags


def test_site_is_built_without_a_warning_and_needs_no_network(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**environment(), "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    for page in tmp_path.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for tag in re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*>", text):
            assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", tag), f"{page}: {tag}"
        assert 'arabic.css"' in text, page
    assert (tmp_path / "docs" / "iframe-worker.js").exists()


@pytest.mark.parametrize(
    ("page", "made"), [("data-dictionary", data_dictionary), ("errors", error_page)]
)
def test_page_made_from_the_code_is_fresh(page, made):
    stored = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    assert stored == made(), "run `make dictionary`"


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_somewhere(page):
    folder = (ROOT / page).parent
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGES[page]):
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
