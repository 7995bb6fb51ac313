"""`python -m pipeline.worker`: a worker process of the local runner.

Beam's own worker, but quiet: it would tell of every channel it opens. What goes wrong in it is an
exception, which ends the run with its message.
"""

import logging
import os

LOG_LEVEL = "WARRAQ_LOG_LEVEL"

if __name__ == "__main__":
    if os.environ.get(LOG_LEVEL) != "debug":
        logging.disable(logging.WARNING)
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main([])
