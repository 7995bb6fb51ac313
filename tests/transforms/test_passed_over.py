import importlib
import sys

import pytest

from transforms.passed_over import passed_over


@pytest.fixture
def package(tmp_path, monkeypatch):
    (tmp_path / "heavy").mkdir()
    (tmp_path / "heavy" / "__init__.py").write_text("")
    (tmp_path / "heavy" / "part.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield "heavy"
    for name in ("heavy", "heavy.part"):
        sys.modules.pop(name, None)


def test_package_is_not_found_in_the_block_and_found_after_it(package):
    with passed_over(package), pytest.raises(ModuleNotFoundError, match="heavy is passed over"):
        importlib.import_module("heavy.part")
    assert importlib.import_module("heavy.part")


def test_part_of_a_package_can_be_passed_over_alone(package):
    with passed_over("heavy.part"):
        assert importlib.import_module("heavy")
        with pytest.raises(ImportError):
            importlib.import_module("heavy.part")


def test_package_that_was_imported_before_stays(package):
    before = importlib.import_module(package)
    with passed_over(package):
        assert importlib.import_module(package) is before


def test_block_that_fails_leaves_nothing_behind(package):
    finders = list(sys.meta_path)
    with pytest.raises(ZeroDivisionError), passed_over(package):
        raise ZeroDivisionError
    assert sys.meta_path == finders
