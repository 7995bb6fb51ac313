"""Which worker processes of this machine get which shards: each takes more when it has done some.

Beam 2.77 deals all elements of a stage out before its work begins, and whoever has the slower core
or the longer articles then works alone at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from apache_beam.metrics import monitoring_infos
from apache_beam.portability.api import beam_fn_api_pb2
from apache_beam.runners.portability.fn_api_runner import execution, fn_runner
from apache_beam.utils import thread_pool_executor

# More elements than this many are cut into so many parts; a run has hardly ever more shards.
_PARTS = 1024

Element = TypeVar("Element")


class SharedBundles(fn_runner.ParallelBundleManager):
    """Runs a stage that follows a shuffle; others, which have little to do, as Beam does."""

    def process_bundle(
        self,
        inputs: Mapping[str, Any],
        expected_outputs: Any,
        fired_timers: Any,
        expected_output_timers: Any,
        dry_run: bool = False,
    ) -> tuple[Any, list[Any]]:
        """Process all elements: returns what Beam's own would."""
        (name, shuffled), *others = inputs.items()
        rest = expected_outputs, fired_timers, expected_output_timers, dry_run
        if others or fired_timers or not isinstance(shuffled, execution.GroupingBuffer):
            result: tuple[Any, list[Any]] = super().process_bundle(inputs, *rest)
            return result
        parts = [part for part in shuffled.partition(_PARTS) if any(part)]
        to_do = iter(portions(parts, self._num_workers) or [[]])  # gives each to one thread

        def work(worker: Any) -> list[tuple[Any, list[Any]]]:
            manager = fn_runner.BundleManager(
                _OneWorker(self.bundle_context_manager, worker),
                self._progress_frequency,
                cache_token_generator=self._cache_token_generator,
            )
            try:
                return [manager.process_bundle({name: chain(*some)}, *rest) for some in to_do]
            finally:
                deque(to_do, maxlen=0)  # if this one failed, nobody begins what is left

        with thread_pool_executor.shared_unbounded_instance() as executor:
            done = list(chain(*executor.map(work, self.bundle_context_manager.worker_handlers)))
        told = chain(*(result.process_bundle.monitoring_infos for result, _ in done))
        together = beam_fn_api_pb2.ProcessBundleResponse(
            monitoring_infos=monitoring_infos.consolidate(told)
        )
        answer = beam_fn_api_pb2.InstructionResponse(process_bundle=together)
        return answer, list(chain(*(splits for _, splits in done)))


class _OneWorker:
    """What Beam knows of a stage, but of its workers only one."""

    def __init__(self, stage: Any, worker: Any) -> None:
        self._stage = stage
        self.worker_handlers = [worker]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage, name)


def portions(elements: Sequence[Element], workers: int) -> list[Sequence[Element]]:
    """The elements in order, in ever smaller portions, so that who takes some ends with the others.

    Each portion is half of what every worker would get of the rest. So there are few of them: to
    hand one over takes a hundredth of a second.
    """
    found = []
    start = 0
    while start < len(elements):
        size = max(1, (len(elements) - start) // (2 * workers))
        found.append(elements[start : start + size])
        start += size
    return found
