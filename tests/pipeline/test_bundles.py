import time
from pathlib import Path

import apache_beam as beam
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


def done_beside(element, folder):
    """Note an element; the first is not done before three quarters are, or a minute has passed."""
    Path(folder, str(element)).touch()
    end = time.monotonic() + 60
    while element == 0 and len(list(Path(folder).iterdir())) < ELEMENTS * 3 // 4:
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.01)
    return element


def test_worker_that_is_done_takes_what_a_slow_one_has_not_begun(tmp_path):
    noted = tmp_path / "noted"
    noted.mkdir()
    start_server([])
    runner, options = runner_and_options("local", 2, [])
    pipeline = beam.Pipeline(runner=runner, options=options)
    done = (
        pipeline
        | beam.Create(range(ELEMENTS))
        | beam.Reshuffle()
        | beam.Map(done_beside, str(noted))
        | beam.combiners.ToList()
    )
    done | beam.Map(lambda all_of_them: (tmp_path / "done").write_text(str(sorted(all_of_them))))
    with watching_workers(lambda: None):
        pipeline.run()
    assert (tmp_path / "done").read_text(encoding="utf-8") == str(list(range(ELEMENTS)))
