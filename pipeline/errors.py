"""Errors that end a run, by what they mean for the exit code."""

from __future__ import annotations


class UsageError(Exception):
    """A bad argument, setting or set-up, found before any work: exit code 2."""


class RunError(Exception):
    """A run that could not be finished; nothing of it was published: exit code 1."""


class LockedError(RunError):
    """Another run is writing to the corpus: exit code 4."""
