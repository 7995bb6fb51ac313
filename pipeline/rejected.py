"""Whether more articles were rejected than the user allows."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from pipeline.option_sections import RunOptions
from pipeline.options import rejected_allowed
from pipeline.where import readers_open

_LOG = logging.getLogger("warraq")


def too_many_rejected(options: RunOptions, counts: Mapping[str, int]) -> bool:
    """Whether it were too many; if so, a warning says where to look.

    Args:
        options: what is allowed, and where the corpus lies.
        counts: how many articles were `planned` and how many `rejected`.
    """
    rejected, planned = counts["rejected"], counts["planned"]
    if rejected <= rejected_allowed(options.max_rejected, planned):
        return False
    _LOG.warning(
        "%d of %d articles were rejected, more than --max-rejected %s; see %s/quarantine",
        rejected, planned, options.max_rejected, readers_open(options.output),
    )  # fmt: skip
    return True
