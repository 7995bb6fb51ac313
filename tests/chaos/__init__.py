"""The nightly run under attack: `python -m tests.chaos --rounds 25`."""
