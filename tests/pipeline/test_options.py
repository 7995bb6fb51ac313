import argparse

import pytest

from pipeline.errors import UsageError
from pipeline.options import (
    Options,
    add_flags,
    annotating,
    make_options,
    read_config,
    rejected_allowed,
    worker_count,
)


def options(*argv, config=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--config", default=config)
    add_flags(parser)
    return make_options(parser.parse_args(argv))


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "warraq.toml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_defaults_are_those_of_the_dataclasses():
    assert options("seeds") == Options(("seeds",))


def test_flag_beats_file_and_file_beats_default(config):
    path = config('[split]\nmax_sentence_tokens = 40\n[run]\noutput = "نشرة"\nworkers = 2\n')
    chosen = options("--workers", "3", config=str(path))
    assert chosen.settings.split.max_sentence_tokens == 40
    assert (chosen.run.output, chosen.run.workers) == ("نشرة", 3)


def test_several_kinds_of_blocks_can_be_kept():
    assert options("--keep-blocks", "caption, byline").settings.clean.keep_blocks == (
        "caption, byline"
    )


def test_every_setting_has_a_flag_of_its_own():
    chosen = options("--no-keep-boilerplate", "--min-arabic-share", "0.3", "--encoding", "cp1256")
    assert chosen.settings.clean.min_arabic_share == 0.3
    assert chosen.settings.read.encoding == "cp1256"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[splitt]\n", "splitt.*did you mean split"),
        ("workers = 2\n", r"workers stands in no section; put it below \[run\]"),
        ("wrokers = 2\n", "wrokers stands in no section"),
        ("[run]\nwrokers = 2\n", "wrokers; did you mean workers"),
        ('[run]\nworkers = "2"\n', "workers = '2' must be a whole number"),
        ("[run]\nworkers = true\n", "workers"),
        ("[run\n", "not TOML"),
        ("[split]\nmax_sentence_tokens = 1\n", "max_sentence_tokens is 1"),
        ('[run]\nlog_level = "loud"\n', "log_level"),
        ('[run]\nmax_rejected = "many"\n', "max_rejected"),
        ("[clean]\nmin_arabic_share = 1.5\n", "min_arabic_share is 1.5; it must be 1 or less"),
        ("[deduplicate]\nmin_similarity = nan\n", "min_similarity is nan"),
        ('[clean]\nother_languages = "marc"\n', "one of remove, mark; did you mean mark"),
        ('[clean]\nkeep_blocks = "byline, captoin"\n', "any of .*; did you mean caption"),
        ('[clean]\nkeep_blocks = "paragraph"\n', "keep_blocks is 'paragraph'"),
        ('[read]\nencoding = "klingon"\n', "klingon"),
    ],
)
def test_bad_configuration_is_refused_by_name(config, text, named):
    with pytest.raises(UsageError, match=named):
        options(config=str(config(text)))


def test_inputs_are_one_a_line_or_a_list(config):
    as_list = read_config(config('[nightly]\ninputs = ["news", "more news"]\n'))
    as_lines = read_config(config('[nightly]\ninputs = """news\nmore news"""\n'))
    assert as_list == as_lines == {"nightly": {"inputs": "news\nmore news"}}


def test_whole_number_is_taken_for_a_fraction(config):
    assert read_config(config("[clean]\nmin_arabic_share = 1\n"))["clean"] == {
        "min_arabic_share": 1.0
    }


def test_missing_configuration_is_refused():
    with pytest.raises(UsageError, match="nowhere"):
        options(config="nowhere.toml")


@pytest.mark.parametrize(
    ("allowed", "articles", "count"),
    [("0", 100, 0), ("7", 100, 7), ("5%", 100, 5), ("0.5%", 100, 0), ("100%", 3, 3)],
)
def test_rejections_are_allowed_by_count_or_share(allowed, articles, count):
    assert rejected_allowed(allowed, articles) == count


def test_workers_are_never_more_than_shards():
    assert worker_count(0, 1) == 1
    assert worker_count(8, 3) == 3
    assert worker_count(1, 100) == 1


def test_only_what_changes_the_rows_is_annotating():
    base = annotating(options("seeds"))
    same = options("--workers", "2", "--shards", "9", "--output", "x", "--cache-words", "10")
    assert annotating(same) == base
    assert annotating(options("--max-sentence-tokens", "50")) != base
