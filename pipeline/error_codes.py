"""The closed list of what can end a command: each error's code, what it means, the way out.

The first digit says where to look: 1 command line and settings, 2 inputs, 3 the corpus and what is
written, 4 models, 5 the run itself. A code keeps its meaning; one that goes is not used again.
"""

from __future__ import annotations

from enum import Enum


class ErrorCode(Enum):
    """Its number, what it means, and what to do where the message does not know better."""

    BAD_ARGUMENTS = "W101", "the command line cannot be understood", "see --help"
    UNKNOWN_OPTION = "W102", "the command has no such option", "see --help of the command"
    BAD_SETTINGS_FILE = (
        "W111",
        "the settings file cannot be read, or is not TOML",
        "`init` writes one that can be",
    )
    UNKNOWN_SETTING = (
        "W112",
        "the settings file names a section or a setting that does not exist",
        "`run --help` has all of them in their sections",
    )
    BAD_VALUE = (
        "W113",
        "a setting has a value of another type, out of range or unknown",
        "`run --help` says what it may be",
    )
    BAD_PATTERN = (
        "W121",
        "a pattern of kwic, freq or names cannot be understood",
        "`kwic --help` explains patterns",
    )
    NOTHING_TO_READ = (
        "W201",
        "the inputs hold no file",
        "name a file, or a folder or pattern that has some",
    )
    NO_SUCH_INPUT = (
        "W202",
        "an input does not exist",
        "look at its spelling, and at the folder that you are in",
    )
    STORE_UNREACHABLE = (
        "W203",
        "a store, such as s3://, cannot be read or listed",
        "look at address, access rights and network, and whether its driver is installed",
    )
    OUTPUT_TAKEN = (
        "W301",
        "something that Warraq did not make is where it would write",
        "move it away or choose another --output",
    )
    CANNOT_WRITE = (
        "W302",
        "the system refuses to write: no right, no space, no such folder",
        "look at the folder's rights and at the free space, or choose another",
    )
    LOCKED = (
        "W303",
        "another run is writing to the corpus",
        "wait for its end; it can be killed, and nothing is lost by that",
    )
    NO_CORPUS = ("W304", "no corpus is there", "`run` or `nightly` makes one")
    OTHER_VERSION = (
        "W305",
        "the corpus was made by a program with another schema",
        "make it again with `run`",
    )
    DAMAGED_CORPUS = (
        "W306",
        "a file of the corpus is missing, damaged or not one of Warraq's",
        "make the corpus again with `run`",
    )
    NO_SUCH_RUN = ("W307", "the corpus has no record of that run", "`runs` lists them")
    NOT_ONE_ARTICLE = (
        "W308",
        "the corpus has no article of that name, or several",
        "name its doc_id, the beginning of that, or its path; `kwic` shows doc_ids",
    )
    MODEL_MISSING = ("W401", "a model file is missing", "`make models`")
    MODEL_DAMAGED = ("W402", "a model file is not the one expected", "`make models`")
    CANNOT_FETCH = (
        "W403",
        "set-up cannot fetch the morphology database",
        "connect to a package index, then `make models`",
    )
    RUN_FAILED = (
        "W501",
        "the run could not be finished; nothing of it was published",
        "`--log-level debug` tells more",
    )
    WORKER_DIED = (
        "W502",
        "a worker process died; nothing was published",
        "use fewer --workers or more --shards: most often there was too little memory",
    )
    COUNTS_DIFFER = (
        "W503",
        "rows that were written and rows that were counted differ",
        "run again; if it comes back, please report it",
    )
    SYSTEM = (
        "W504",
        "the system refuses something that the command needs",
        "look at the file named: its rights, its disk",
    )
    CLUSTER = (
        "W505",
        "the machines that the run is to use do not answer, or lack what this one has",
        "start them, and install the same Warraq on each",
    )
    DEFECT = ("W901", "a defect of Warraq", "please report it with the lines above")

    def __init__(self, number: str, meaning: str, way_out: str) -> None:
        self.number = number
        self.meaning = meaning
        self.way_out = way_out
