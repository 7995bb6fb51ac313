"""The page of errors: every code of the program, every reason of the quarantine, in Markdown."""

from __future__ import annotations

from pipeline.dictionary import table
from pipeline.error_codes import ErrorCode
from schemas.quarantine import REASONS, REMEDIES

_HEAD = """\
# Errors and rejections

Made by `make dictionary` from the lists in the code.

## What ends a command

One line on standard error says which error it is, the file it is about, the cause and the way out:

```
warraq: error W112: warraq.toml: [run] has no setting wrokers; did you mean workers?
```

The exit code says what it means for a script: 0 done; 1 failed, nothing published; 2 bad usage or
configuration, nothing begun; 3 done, but more articles were rejected than `max_rejected` allows;
4 another run is writing to the corpus; 130 interrupted. The first digit of the error says where to
look: 1 command line and settings, 2 inputs, 3 the corpus and what is written, 4 models, 5 the run
itself, 9 Warraq. A code keeps its meaning.
"""

_REJECTIONS = """\
## What sends an article to quarantine

An article that cannot be annotated ends nothing: it is a row of `corpus/quarantine`, with the stage
that rejected it, one of these reasons, and a message.
"""


def error_page() -> str:
    """The whole page."""
    codes = [(code.number, code.meaning, code.way_out) for code in ErrorCode]
    reasons = [(f"`{reason}`", what, REMEDIES[reason]) for reason, what in REASONS.items()]
    parts = [
        _HEAD,
        table(("code", "what it means", "what to do, unless the message knows better"), codes),
        _REJECTIONS,
        table(("reason", "what it means", "what to do"), reasons),
    ]
    return "\n".join(parts)
