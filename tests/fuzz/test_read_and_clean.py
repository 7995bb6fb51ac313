"""Whatever a file holds, it is read, surveyed and cleaned, or rejected with a reason."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from schemas.settings import CleanSettings, ReadSettings, Settings
from tests.fuzz.account import check, comparable, read_and_clean
from tests.fuzz.files import hostile_files

pytestmark = [
    pytest.mark.filterwarnings("ignore:Duplicate name"),  # as is meant
    pytest.mark.filterwarnings("ignore::DeprecationWarning:feedparser"),
    pytest.mark.timeout(0),
]
# The same files in each run of continuous integration; asked for more, others each time.
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))
fuzzing = settings(
    max_examples=EXAMPLES or 100,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
# Small limits, so that small files exceed them.
STRICT = ReadSettings(
    max_article_megabytes=1,
    max_archive_members=8,
    max_unfolding=20,
    max_html_characters=20_000,
    max_html_elements=1000,
)
RUNS = {
    "as it comes": Settings(),
    "small limits": Settings(read=STRICT),
    "any language": Settings(clean=CleanSettings(min_arabic_share=0, other_languages="mark")),
}


@pytest.fixture(autouse=True, scope="module")
def _every_record_is_a_place_to_read_on_from():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.plan._RESUME_BYTES", 0)
        yield


def account_of(path, run_settings, shards):
    kept = path.parent / f"kept in {shards}"
    kept.mkdir()
    account = read_and_clean(path, run_settings, kept, shards)
    check(account)
    return comparable(account)


@pytest.mark.parametrize("run", RUNS)
@fuzzing
@given(file=hostile_files)
def test_nothing_is_lost_and_nothing_crashes_however_it_is_shared_out(file, run):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"file{file.ending}")
        path.write_bytes(file.data)
        assert account_of(path, RUNS[run], 1) == account_of(path, RUNS[run], 3)
