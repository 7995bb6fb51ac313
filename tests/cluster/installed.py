"""Warraq as it is on a worker: installed from its wheel, somewhere else than this checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.conftest import ROOT


def copy_of_the_repository(folder):
    """What is committed or to be, without what set-up made."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def build_wheel(folder):
    """The wheel, built as `make wheel` does but for what pip would fetch."""
    source = copy_of_the_repository(folder / "source")
    command = ["pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    command += ["--disable-pip-version-check", "--wheel-dir", str(folder), str(source)]
    subprocess.run([sys.executable, "-m", *command], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def make_environment(folder):
    """A virtual environment that has the packages of this one, and not this checkout."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


def install(wheel, programs):
    """Install a wheel into the environment whose programs lie there."""
    command = ["pip", "--python", str(programs / "python"), "install", "--no-deps", "--no-index"]
    command += ["--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run([sys.executable, "-m", *command], check=True)


def worker_environment(programs, models):
    """The environment variables of a worker, which knows nothing of this checkout.

    Args:
        programs: folder of its Python and commands.
        models: its model files.
    """
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    guard = str(ROOT / "tests" / "no_network")
    return {**os.environ, "PATH": path, "PYTHONPATH": guard, "WARRAQ_MODELS": str(models)}
