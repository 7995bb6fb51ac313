"""The runs of these tests are forks; this shows that they do what a process started anew does."""

import pytest

from tests.conftest import warraq
from tests.pipeline.test_run import digests


@pytest.mark.models
def test_forked_run_makes_the_corpus_that_a_run_started_afresh_makes(seed_corpus, tmp_path):
    for name in ("a", "b"):  # the second, too
        warraq("run", "seeds", "--output", tmp_path / name)
        assert digests(tmp_path / name) == digests(seed_corpus)


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--version"], 0), (["run"], 2), (["digest", "nowhere"], 2)]
)
def test_forked_run_says_what_one_started_afresh_says(arguments, code, tmp_path):
    forked, fresh = (
        warraq(*arguments, cwd=tmp_path, code=code, afresh=afresh) for afresh in (False, True)
    )
    assert (forked.stdout, forked.stderr) == (fresh.stdout, fresh.stderr)
