"""Imported by the process that workers are forked from, and by nothing else: see `worker`."""

from pipeline.worker import preload

preload()
