"""What the wheel has: every module of the program, and what these read."""

import zipfile

from tests.conftest import ROOT

CODE = ("models", "pipeline", "schemas", "transforms")
READ = (".txt", ".css", ".html", ".js")


def test_the_wheel_has_every_module_and_what_it_reads(wheel):
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in CODE
        for path in (ROOT / folder).rglob("*")
        if path.suffix == ".py" or (folder in ("pipeline", "transforms") and path.suffix in READ)
    }
    assert wanted <= names
