"""Beam for work on this machine, without packages that take long to import and are never used.

Beam imports whatever it finds of clouds, databases and tables, which is half of the time of its
import; it asks IPython whether this is a notebook. Arrow looks for pandas when it makes its first
array of a list, in case it should be one.
"""

from __future__ import annotations

from functools import partial

from transforms.passed_over import passed_over

# Beam times its steps by looking every 200 ms where it is, and waits for the last look before a
# bundle ends; of these times we use none.
_SAMPLING_MS = 5
_UNUSED_BY_BEAM = ("boto3", "google.cloud", "pymongo")

# A block, or with () a decorator, in which nobody finds what a run makes no use of.
without_unused = partial(passed_over, "IPython", "pandas")


def import_beam() -> None:
    """Import Beam without what its runner here never uses, and let bundles end at once."""
    with without_unused(), passed_over(*_UNUSED_BY_BEAM):
        import apache_beam  # noqa: F401 (what comes after finds it there)
        from apache_beam.runners.worker.statesampler import StateSampler

    StateSampler.__init__.__defaults__ = (_SAMPLING_MS,)
