"""The numbers that a network reckons with on this machine."""

from __future__ import annotations

from pathlib import Path

_PROCESSOR = Path("/proc/cpuinfo")


def precision_of(wanted: str) -> str:
    """The precision that `auto`, `float32` or `bfloat16` means on this machine.

    `auto` is bfloat16 where the processor multiplies such numbers by itself: it is several times
    faster there, and several times slower elsewhere.
    """
    if wanted != "auto":
        return wanted
    try:
        flags = _PROCESSOR.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not on Linux
        return "float32"
    return "bfloat16" if {"avx512_bf16", "amx_bf16"} & set(flags.split()) else "float32"
