"""The steps of the Dockerfile, taken without Docker: in a folder that stands for the image's root.

    python -m tests.cluster.rehearsal FOLDER [NAME=VALUE ...]

takes them with a fresh virtual environment, as a build does; the values are build arguments. What
is copied from Beam's image cannot be had here and is passed over.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from dockerfile_parse import DockerfileParser

from tests.cluster.installed import build_wheel
from tests.conftest import ROOT

DOCKERFILE = ROOT / "Dockerfile"


def steps():
    """The instructions of the last stage, each with its value."""
    found = [
        (one["instruction"], one["value"])
        for one in DockerfileParser(str(DOCKERFILE)).structure
        if one["instruction"] != "COMMENT"
    ]
    last = max(place for place, (name, _) in enumerate(found) if name == "FROM")
    return found[last + 1 :]


def rehearse(root, context, programs, environment, arguments=()):
    """Take the steps.

    Args:
        root: an empty folder.
        context: what Docker would be sent: the folder of requirements and wheel.
        programs: folder of the Python, pip and commands that the base image would have.
        environment: environment variables to begin with.
        arguments: build arguments, by name.

    Returns:
        The environment variables that the image would have, and what it would start.
    """
    values = {**environment, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    folder, arguments, start = root, dict(arguments), None
    for name, value in steps():
        # Every absolute path of the image below the folder that stands for its root.
        value = re.sub(r"(?<![\w.:/])/opt/", f"{root}/opt/", value)
        match name:
            case "WORKDIR":
                folder = Path(value)
                folder.mkdir(parents=True, exist_ok=True)
            case "COPY" if not value.startswith("--from="):
                *sources, target = shlex.split(value)
                for source in sources:
                    copy(context, source, folder / target)
            case "ARG":
                key, _, default = value.partition("=")
                values[key] = arguments.get(key, default)
            case "ENV":
                values |= dict(part.partition("=")[::2] for part in shlex.split(value))
            case "RUN":
                subprocess.run(["sh", "-ec", value], cwd=folder, env=values, check=True)
            case "ENTRYPOINT":
                start = value
            case "COPY":
                continue
            case _:
                raise NotImplementedError(f"no rehearsal of {name}")
    return values, start


def copy(context, pattern, target):
    """Copy the files that a pattern of the Dockerfile names; there must be one, as for Docker."""
    files = sorted(context.glob(pattern))
    assert files, f"COPY {pattern}: no such file"
    for file in files:
        shutil.copyfile(file, target / file.name)


def make_context(folder, wheel):
    """What `docker build` is sent, as `.dockerignore` has it."""
    (folder / "dist").mkdir(parents=True)
    shutil.copy(wheel, folder / "dist")
    shutil.copy(ROOT / "requirements.txt", folder)
    return folder


if __name__ == "__main__":
    place = Path(sys.argv[1]).absolute()
    place.mkdir()
    subprocess.run([sys.executable, "-m", "venv", str(place / "python")], check=True)
    wheel = build_wheel(place)
    given = [argument.split("=", 1) for argument in sys.argv[2:]]
    made, starts = rehearse(
        place / "root", make_context(place / "context", wheel), place / "python" / "bin",
        {"HOME": str(place)}, given,
    )  # fmt: skip
    print(f"would start {starts} with WARRAQ_MODELS={made['WARRAQ_MODELS']}")
