import tomllib
from dataclasses import fields

import pytest

from pipeline.errors import UsageError
from pipeline.options import read_config, sections
from pipeline.settings_file import settings_text, write_settings
from tests.conftest import warraq

SETTINGS = [
    (title, described, getattr(defaults, described.name))
    for title, defaults in sections().items()
    for described in fields(defaults)
]


@pytest.mark.parametrize(
    ("title", "described", "default"),
    SETTINGS,
    ids=[f"{title}.{described.name}" for title, described, _ in SETTINGS],
)
def test_setting_is_there_with_its_default_and_its_help(title, described, default):
    text = settings_text()
    written = tomllib.loads(text)[title][described.name]
    assert (written, type(written)) == (default, type(default))
    words = " ".join(text.replace("\n# ", " ").split())
    assert described.metadata["help"] in words


def test_what_is_written_says_nothing_but_the_defaults(tmp_path):
    path = tmp_path / "إعدادات.toml"
    write_settings(path, force=False)
    written = {title: dict(values) for title, values in read_config(path).items()}
    assert written == {title: vars(defaults) for title, defaults in sections().items()}


def test_section_that_is_changed_by_hand_is_taken_at_its_word(tmp_path):
    path = tmp_path / "warraq.toml"
    write_settings(path, force=False)
    text = path.read_text(encoding="utf-8").replace('output = "corpus"', 'output = "نشرة"')
    path.write_text(text, encoding="utf-8")
    assert read_config(path)["run"]["output"] == "نشرة"


def test_default_in_arabic_or_with_quotes_comes_back(monkeypatch, tmp_path):
    from pipeline import settings_file
    from pipeline.option_sections import RunOptions

    odd = RunOptions(output='نشرة "الصباح"\n\\مساء', max_rejected="# 5%")
    monkeypatch.setattr(settings_file, "sections", lambda: {"run": odd})
    assert tomllib.loads(settings_text())["run"] == vars(odd)


def test_file_that_is_there_is_kept_unless_forced(tmp_path):
    path = tmp_path / "warraq.toml"
    path.write_text("[run]\nworkers = 2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"W?.*warraq\.toml: it is there already; --force"):
        write_settings(path, force=False)
    assert read_config(path) == {"run": {"workers": 2}}
    write_settings(path, force=True)
    assert len(read_config(path)) > 1


def test_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"none/warraq\.toml: cannot be written"):
        write_settings(tmp_path / "none" / "warraq.toml", force=False)


def test_init_writes_warraq_toml_where_it_is_started(tmp_path):
    assert "warraq.toml" in warraq("init", cwd=tmp_path).stdout
    assert [path.name for path in tmp_path.iterdir()] == ["warraq.toml"]
    again = warraq("init", cwd=tmp_path, code=2)
    assert "error W301: warraq.toml: it is there already; --force replaces it" in again.stderr
