"""How fast Warraq is beside what one would write without it. `python -m tests.bench --help`."""
