import csv
import io
import json
import subprocess
import sys

import pytest

from pipeline.cli import main
from pipeline.command_line.queries import _GROUPS
from pipeline.query.frequency import GROUPS
from tests.conftest import ROOT, warraq


@pytest.fixture
def ask(folder, capfd):
    """Run the program in this process; what it wrote."""

    def asked(*arguments, code=0):
        assert main([*arguments, "--corpus", str(folder)]) == code
        return capfd.readouterr()

    return asked


def test_kwic_tells_when_there_are_more_hits_or_none(ask):
    done = ask("kwic", "قال", "--limit", "1")
    assert len(done.out.splitlines()) == 1
    assert done.err == "warraq: the first 1 hits; all with --limit 0\n"
    assert ask("kwic", "لاشيء").err == "warraq: no hits\n"
    assert ask("kwic", "قال", "--limit", "0").err == ""


def test_kwic_sorts_by_what_stands_around(ask):
    hits = json.loads(ask("kwic", '[upos="VERB"]', "--sort", "after", "--json").out)
    assert [hit["after"].split()[0] for hit in hits] == sorted(
        hit["after"].split()[0] for hit in hits
    )


def test_kwic_writes_a_page(ask, tmp_path):
    done = ask("kwic", "قال", "--format", "html", "--output", str(tmp_path / "hits.html"))
    assert done.out == ""
    assert (tmp_path / "hits.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_bad_pattern_is_told_with_its_place_even_without_a_corpus(capfd):
    assert main(["kwic", "[lemma=", "--corpus", "nowhere"]) == 2
    lines = capfd.readouterr().err.split("\n")
    assert lines[0].startswith("warraq: error W121: pattern, character 8 (at its end): expected a")
    assert lines[1:3] == ["  [lemma=", "         ^"]


@pytest.mark.parametrize("command", [["kwic", "قال"], ["freq"], ["names"], ["show", "aa"]])
def test_a_missing_corpus_is_told_with_what_to_do(command, capfd):
    assert main([*command, "--corpus", "nowhere"]) == 2
    assert (
        "W304: nowhere: there is no corpus; `run` or `nightly` makes one" in capfd.readouterr().err
    )


def test_freq_and_names_as_tables(ask):
    text = ask("freq", "root", "--limit", "1").out
    assert text == "count  per_million  root\n    5    416,666.7  ك.ت.ب\n"
    rows = list(csv.DictReader(io.StringIO(ask("names", "--by", "site", "--format", "csv").out)))
    assert rows[0]["site"] == "اثنان"
    assert json.loads(ask("names", "--type", "LOC", "--json").out)[0]["name"] == "موسكو"
    assert json.loads(ask("freq", "word", "--n", "5", "--json").out)[0]["count"] == 1


def test_show_as_json_has_all_columns(ask):
    (article,) = json.loads(ask("show", "bb", "--json").out)
    assert article["sentences"][0]["lemma"] == ["قال", "مُعَلِّم", "."]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["freq", "lema"], "lema is no attribute of words; did you mean lemma?"),
        (["freq", "--n", "9"], "--n 9; sequences are of 1 to 5 words"),
        (["kwic", "قال", "--limit", "-1"], "--limit"),
        (["names", "--type", "CAT"], "--type"),
        (["kwic"], "PATTERN"),
    ],
)
def test_bad_usage_is_one_line(ask, arguments, named):
    error = ask(*arguments, code=2).err
    assert named in error
    assert len(error.splitlines()) == 1


def test_help_explains_patterns():
    done = warraq("kwic", "--help")
    assert '[lemma="قال"] [upos="PROPN"]+' in done.stdout


def test_the_program_imports_nothing_heavy_to_read_its_arguments():
    code = (
        "import sys; from pipeline.cli import make_parser; make_parser(); "
        "print([name for name in ('duckdb', 'pandas', 'pyarrow', 'torch') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_groups_are_those_that_can_be_counted_by():
    assert tuple(GROUPS) == _GROUPS
