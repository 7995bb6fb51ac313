"""The lines for schedulers in the documentation, as schedulers read them."""

import re
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
HOUSE = (
    "Makefile", "models", "nightly.toml", "pipeline", "requirements.txt", "schemas", "seeds",
    "transforms",
)  # fmt: skip
UNITS = re.findall(r"`/etc/systemd/system/(\S+)`:\n\n```ini\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_valid_and_the_timer_elapses_at_two(tmp_path):
    for name, text in UNITS:
        assert "/srv/warraq" in text or name.endswith(".timer")
        text = text.replace("/srv/warraq", str(tmp_path)).replace("User=warraq\n", "")
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)  # what it starts must be there
    assert [name for name, _ in UNITS] == ["warraq.service", "warraq.timer"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *(tmp_path / name for name, _ in UNITS)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (calendar,) = re.findall(r"OnCalendar=(.*)", PAGE)
    shown = subprocess.run(
        ["systemd-analyze", "calendar", calendar], capture_output=True, text=True
    )
    assert shown.returncode == 0
    assert "02:00:00" in shown.stdout


@pytest.mark.models
def test_line_of_the_crontab_makes_a_corpus_in_a_bare_environment(tmp_path):
    """As cron does: by `sh`, in another folder, with next to nothing in the environment."""
    checkout = tmp_path / "warraq"
    checkout.mkdir()
    for name in (*HOUSE, ".venv"):
        (checkout / name).symlink_to(sys.prefix if name == ".venv" else ROOT / name)
    (line,) = re.findall(r"^0 2 \* \* \* (.*)$", PAGE, re.MULTILINE)
    assert "%" not in line  # which cron takes for the end of the line
    done = subprocess.run(
        ["/bin/sh", "-c", line.replace("/srv/warraq", str(checkout))],
        cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SHELL": "/bin/sh"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"warraq nightly 1: done, .* 1 of 1 files annotated .*\n", done.stdout)
    assert len(pd.read_parquet(checkout / "corpus" / "documents")) == 1
