"""The lines for schedulers in the documentation, as schedulers read them."""

import re
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "nightly.md").read_text(encoding="utf-8")
UNITS = re.findall(r"`/etc/systemd/system/(\S+)`:\n\n```ini\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_valid_and_the_timer_elapses_at_two(tmp_path):
    for name, text in UNITS:
        assert "/srv/warraq" in text or name.endswith(".timer")
        text = text.replace("/srv/warraq", str(tmp_path)).replace("User=warraq\n", "")
        (tmp_path / name).write_text(text, encoding="utf-8")
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


def test_line_of_the_crontab_runs_in_a_bare_environment(tmp_path):
    """As cron does: by `sh`, in another folder, with next to nothing in the environment."""
    (line,) = re.findall(r"^0 2 \* \* \* (.*)$", PAGE, re.MULTILINE)
    line = line.replace("nightly", "--dry-run nightly").replace("/srv/warraq", str(ROOT))
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SHELL": "/bin/sh"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "-m pipeline nightly --config nightly.toml" in done.stdout
