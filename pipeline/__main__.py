"""`python -m pipeline`."""

import sys

from pipeline.cli import main

# Worker processes of a runner import this module by another name: they must not start a run.
if __name__ == "__main__":
    sys.exit(main())
