import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"apache_beam", "torch", "stanza", "camel_tools", "pyarrow", "pandas"}


def warraq(*arguments, cwd=ROOT):
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments):
    code = (
        "import sys; sys.argv[1:] = " + repr(arguments) + "\n"
        "from pipeline.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code\n"
        "print(sorted(" + repr(HEAVY) + " & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (
            ["run", "seeds", "--wrokers", "2"],
            "--wrokers is not an option of run; did you mean --workers",
        ),
        (["run", "seeds", "--work", "2"], "--work is not an option"),
        (["run", "seeds", "--workers", "two"], "--workers"),
        (["run", "nowhere"], "W202: nowhere: no such file or folder"),
        (["run"], "INPUT"),
        (["rnu", "seeds"], "rnu"),
        (["run", "seeds", "--config", "nowhere.toml"], "nowhere.toml"),
        (["run", "seeds", "--ner-model", "nowhere.pt"], "nowhere.pt"),
        (["run", "seeds", "--output", "README.md"], "README.md: it is a file"),
        (["doctor", "--", "--streaming"], "only run"),
        (["run", "seeds", "--dask-scheduler", "tcp://host:8786"], "is for --runner dask"),
        (["run", "seeds", "--runner", "dask", "--dask-scheduler", "host"], "no scheduler answers"),
        (["run", "seeds", "--models", "nowhere"], "nowhere/morphology"),
        (["digest", "nowhere"], "nowhere: it lacks sentences"),
    ],
)
@pytest.mark.models
def test_bad_usage_is_refused_in_one_line_with_code_2(arguments, named):
    done = warraq(*arguments)
    assert done.returncode == 2
    assert named in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.models
def test_dry_run_shows_the_plan_and_touches_nothing(tmp_path):
    done = warraq("run", str(ROOT / "seeds"), "--output", "corpus", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    for word in ("1 articles", "shards", "workers", "fingerprint", "ALMOR", "GPL-2.0"):
        assert word in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.models
def test_dry_run_gives_the_plan_to_programs_too(tmp_path):
    done = warraq(
        "run", str(ROOT / "seeds"), "--output", "corpus", "--dry-run", "--json", cwd=tmp_path
    )
    plan = json.loads(done.stdout)
    assert (plan["inputs"]["articles"], plan["output"], plan["runner"]) == (1, "corpus", "local")
    assert "GPL-2.0" in {model["licence"] for model in plan["models"]}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.models
def test_reader_that_goes_away_is_no_error(tmp_path):
    command = f"{sys.executable} -m pipeline run seeds --dry-run --output {tmp_path / 'c'} | true"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.models
def test_unknown_runner_is_refused(tmp_path):
    done = warraq("run", "seeds", "--output", str(tmp_path / "c"), "--runner", "NoSuchRunner")
    assert done.returncode == 2
    assert "NoSuchRunner" in done.stderr.splitlines()[-1]


@pytest.mark.models
def test_doctor_names_models_and_their_checksums():
    done = warraq("doctor")
    assert "sha256 d10f41d0" in done.stdout
    assert "licence" not in done.stderr
    state = json.loads(warraq("doctor", "--json").stdout)
    assert state["ready"] == (done.returncode == 0) == (state["problems"] == [])
    assert "d10f41d0" in state["models"][0]["sha256"][:8]
    assert state["packages"]["pyarrow"] in done.stdout


def test_each_process_computes_in_one_thread_from_the_start(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    with pytest.raises(SystemExit):
        main(["--help"])
    assert os.environ["OMP_NUM_THREADS"] == "1"
