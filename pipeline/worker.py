"""`python -m pipeline.worker`: a worker process of the local runner.

Beam's own worker, but quiet: it would tell of every channel it opens. What goes wrong in it is an
exception, which ends the run with its message. It does not outlive the process that started it:
what it would still write could meet the work of the next run.
"""

import logging
import os
import threading
import time

_SECONDS = 0.2

LOG_LEVEL = "WARRAQ_LOG_LEVEL"


def end_with(parent: int) -> None:
    """End this process as soon as its parent is another than that."""
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with, args=[os.getppid()], daemon=True).start()
    if os.environ.get(LOG_LEVEL) != "debug":
        logging.disable(logging.WARNING)
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main([])
