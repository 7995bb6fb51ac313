"""The Dockerfile without Docker: its steps are taken, in a folder that stands for the image."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.installed import make_environment
from tests.cluster.rehearsal import DOCKERFILE, make_context, rehearse
from tests.conftest import ROOT


def test_a_linter_finds_nothing_in_the_dockerfile():
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_versions_of_the_images_are_those_that_are_tested():
    text = DOCKERFILE.read_text(encoding="utf-8")
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    (beam,) = [line for line in pins.splitlines() if line.startswith("apache-beam==")]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"FROM apache/beam_python{python}_sdk:{beam.partition('==')[2]} AS" in text
    assert f"FROM python:{python}-slim" in text


@pytest.mark.models
def test_steps_of_the_dockerfile_make_an_image_that_can_work(tmp_path, wheel):
    """The packages and the morphology database are there before: all else is as in a build."""
    programs = make_environment(tmp_path / "python")
    pip = programs / "pip"
    pip.write_text(f'#!/bin/sh\nexec {programs}/python -m pip "$@"\n', encoding="utf-8")
    pip.chmod(0o755)
    root = tmp_path / "root"
    models = root / "opt" / "warraq" / "models"
    models.mkdir(parents=True)
    (models / "morphology").symlink_to(ROOT / "models" / "morphology")
    guard = {"PYTHONPATH": str(ROOT / "tests" / "no_network"), "PIP_NO_INDEX": "1"}
    context = make_context(tmp_path / "context", wheel)
    environment, start = rehearse(root, context, programs, {**guard, "HOME": str(tmp_path)})
    assert json.loads(start) == [f"{root}/opt/apache/beam/boot"]
    code = (
        "import pipeline.graph, apache_beam.runners.worker.sdk_worker_main\n"
        "from pipeline.models import find_models\n"
        "from schemas.settings import Settings\n"
        "print(pipeline.__file__, *find_models(Settings()).described[:1], sep='\\n')"
    )
    done = subprocess.run(
        [programs / "python", "-c", code], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(programs.parent))
    assert "ALMOR MSA" in done.stdout
    assert not os.environ.get("WARRAQ_MODELS")
