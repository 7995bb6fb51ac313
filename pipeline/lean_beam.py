"""Beam for work on this machine, without packages that take long to import and are never used.

Beam imports whatever it finds of clouds, databases and tables, which is half of the time of its
import; it asks IPython whether this is a notebook. Arrow looks for pandas when it makes its first
array of a list, in case it should be one.
"""

from __future__ import annotations

from functools import partial

from transforms.passed_over import passed_over

_UNUSED_BY_BEAM = ("boto3", "google.cloud", "pymongo")

# A block, or with () a decorator, in which nobody finds what a run makes no use of.
without_unused = partial(passed_over, "IPython", "pandas")


def import_beam() -> None:
    """Import Beam without what its runner here never uses."""
    with without_unused(), passed_over(*_UNUSED_BY_BEAM):
        import apache_beam  # noqa: F401 (what comes after finds it there)
