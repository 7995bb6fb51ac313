import time
from pathlib import Path

import apache_beam as beam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.bundles import portions
from pipeline.runner import runner_and_options, watching_workers
from pipeline.worker import start_server

ELEMENTS = 64


@given(st.lists(st.integers(), max_size=300), st.integers(1, 16))
def test_portions_are_all_elements_in_order_and_the_last_are_single(elements, workers):
    found = portions(elements, workers)
    assert [one for some in found for one in some] == elements
    sizes = list(map(len, found))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-workers:] == [1] * min(workers, len(elements))


def is_first(element, folder):
    """Note an element that is begun; whether it is the first, which differs: Beam shuffles them."""
    Path(folder, str(element)).touch()
    try:
        Path(folder).with_name("first").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def done_beside(element, folder):
    """The first is not done before three quarters are begun, or a minute has passed."""
    first = is_first(element, folder)
    end = time.monotonic() + 60
    while first and len(list(Path(folder).iterdir())) < ELEMENTS * 3 // 4:
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
    return element


def fail_at_first(element, folder):
    """The first fails; the others take their time."""
    if is_first(element, folder):
        raise ValueError("صفر")
    time.sleep(0.2)


def run(work, tmp_path):
    """A pipeline of two workers that do some work on all elements; then there is a file `done`."""
    (tmp_path / "noted").mkdir()
    start_server([])
    runner, options = runner_and_options("local", 2, [])
    pipeline = beam.Pipeline(runner=runner, options=options)
    done = (
        pipeline
        | beam.Create(range(ELEMENTS))
        | beam.Reshuffle()
        | beam.Map(work, str(tmp_path / "noted"))
        | beam.combiners.ToList()
    )
    done | beam.Map(lambda all_of_them: (tmp_path / "done").write_text(str(sorted(all_of_them))))
    with watching_workers(lambda: None):
        pipeline.run()


def test_worker_that_is_done_takes_what_a_slow_one_has_not_begun(tmp_path):
    run(done_beside, tmp_path)
    assert (tmp_path / "done").read_text(encoding="utf-8") == str(list(range(ELEMENTS)))


def test_when_one_fails_the_others_begin_no_more(tmp_path):
    with pytest.raises(RuntimeError, match="صفر"):
        run(fail_at_first, tmp_path)
    assert len(list((tmp_path / "noted").iterdir())) < ELEMENTS // 2
