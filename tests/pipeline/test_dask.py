"""What we rely on in Beam's Dask runner; and that our graph asks for no more.

The runner has no output of `finish_bundle`, mixes tagged outputs, and runs the last leaf alone. If
a test of the first half fails after a change of Beam or Dask, corpora made with `--runner dask` are
not to be trusted.
"""

from pathlib import Path

import apache_beam as beam
import dask
import pytest
from apache_beam.pipeline import PipelineVisitor
from apache_beam.runners.dask.dask_runner import DaskRunner
from apache_beam.runners.dask.overrides import dask_overrides
from apache_beam.transforms.core import CallableWrapperDoFn
from dask._task_spec import Alias
from distributed import Client, LocalCluster

from pipeline.graph import build
from pipeline.inputs import InputFile
from pipeline.models import Models
from pipeline.plan import Plan, ShardPlan, Slice
from pipeline.runner import run_to_its_end, runner_and_options
from pipeline.survey import build_survey
from schemas.manifest import Model, Provenance
from schemas.settings import Settings

SHARDS = 7


@pytest.fixture(scope="module")
def scheduler():
    """Of one process with two threads: what tasks of one process share would show.

    In threads of this process itself the runner gives elements again and again; there is no way to
    ask for that with `--runner dask`.
    """
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


def write_down(element, folder):
    """Leave a file a call, so that a second call for an element shows."""
    for number in range(100):
        path = folder / f"{element}.{number}"
        if not path.exists():
            path.write_text(str(element), encoding="utf-8")
            return element
    raise AssertionError


class Keyed(beam.DoFn):
    """A DoFn whose work needs its setup."""

    def setup(self):
        self.keys = 3

    def process(self, number):
        yield number % self.keys, number


def test_every_element_is_worked_on_once_and_all_of_them_meet_in_the_end(scheduler, tmp_path):
    for name in ("seen", "ended"):
        (tmp_path / name).mkdir()
    runner, options = runner_and_options("dask", 2, [], scheduler)
    pipeline = beam.Pipeline(runner=runner, options=options)
    found = (
        pipeline
        | "Plan" >> beam.Create(range(SHARDS))
        | "Share out" >> beam.Reshuffle()
        | "Work" >> beam.Map(write_down, tmp_path / "seen")
        | "Key" >> beam.ParDo(Keyed())
    )
    none = pipeline | "Nothing" >> beam.Create([]) | "Of it" >> beam.Map(lambda one: (0, one))
    (
        (found, none)
        | beam.Flatten()
        | beam.CombinePerKey(sum)
        | beam.MapTuple(lambda key, total: 100 * key + total)
        | beam.CombineGlobally(lambda totals: "-".join(map(str, sorted(totals))))
        | "End" >> beam.Map(write_down, tmp_path / "ended")
    )
    run_to_its_end(pipeline)
    assert sorted(path.name for path in (tmp_path / "seen").iterdir()) == [
        f"{number}.0" for number in range(SHARDS)
    ]
    # 0 + 3 + 6, 1 + 4, 2 + 5, each with its key before it.
    assert [path.name for path in (tmp_path / "ended").iterdir()] == ["9-105-207.0"]


def fail(element):
    raise ValueError(f"no room for {element}")


def test_an_error_in_a_worker_ends_the_run_with_its_message(scheduler):
    runner, options = runner_and_options("dask", 2, [], scheduler)
    pipeline = beam.Pipeline(runner=runner, options=options)
    pipeline | beam.Create([1]) | beam.Map(fail)
    with pytest.raises(ValueError, match="no room for 1"):
        run_to_its_end(pipeline)


def test_no_client_is_left_behind(scheduler):
    with Client(scheduler, set_as_default=False) as client:
        before = len(client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.clients)))
        runner, options = runner_and_options("dask", 2, [], scheduler)
        pipeline = beam.Pipeline(runner=runner, options=options)
        pipeline | beam.Create([1]) | beam.Map(str)
        run_to_its_end(pipeline)
        after = client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.clients))
        assert len(after) == before


FILE = InputFile("a.txt", "a.txt", "a.txt")
SLICES = [(Slice(FILE, None, index, index + 1, None, index),) for index in range(SHARDS)]
PLAN = Plan(tuple(map(ShardPlan, range(SHARDS), SLICES)), 1, SHARDS, 1, "inputs")
PROVENANCE = Provenance("run", "fingerprint", "0", {}, (), {})
MODELS = Models(*[Path("a")] * 4, tuple(Model("a", "1", "0" * 64, "none") for _ in range(4)))


def graph(name, folder):
    pipeline = beam.Pipeline(runner=DaskRunner())
    if name == "survey":
        build_survey(pipeline, PLAN, Settings(), folder, None)
    else:
        build(pipeline, PLAN, Settings(), MODELS, PROVENANCE, folder)
    return pipeline


class _Steps(PipelineVisitor):
    def __init__(self):
        self.steps = []

    def visit_transform(self, transform_node):
        self.steps.append(transform_node)


@pytest.mark.parametrize("name", ["survey", "annotation"])
def test_our_graph_has_one_leaf_no_tags_no_state_and_nothing_from_finish_bundle(name, tmp_path):
    visitor = _Steps()
    graph(name, tmp_path).visit(visitor)
    read = {value for step in visitor.steps for value in step.inputs}
    read |= {side.pvalue for step in visitor.steps for side in step.side_inputs}
    made = {value for step in visitor.steps for value in step.outputs.values()}
    assert len(made - read) == 1
    assert made - read == set(visitor.steps[-1].outputs.values())
    for step in visitor.steps:
        assert set(step.outputs) == {None}
        fn = getattr(step.transform, "fn", None)
        if isinstance(fn, beam.DoFn) and not isinstance(fn, CallableWrapperDoFn):
            assert type(fn).finish_bundle is beam.DoFn.finish_bundle, step.full_label
            assert not beam.transforms.userstate.is_stateful_dofn(fn)


def test_a_shard_is_one_task_from_beginning_to_end(tmp_path):
    """Or annotated articles, 10 KB a sentence, would travel between workers."""
    pipeline = graph("annotation", tmp_path)
    pipeline.replace_all(dask_overrides())
    visitor = DaskRunner.to_dask_bag_visitor({"partition_size": 1})
    pipeline.visit(visitor)
    bag = list(visitor.bags.values())[-1]
    assert bag.npartitions == SHARDS
    (optimised,) = dask.optimize(bag)
    tasks = dict(optimised.__dask_graph__()).values()
    assert sum(not isinstance(task, Alias) for task in tasks) == SHARDS
