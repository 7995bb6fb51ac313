from tests.fuzz.account import read_and_clean
from tests.fuzz.run import _account, _summary, _write_small


def test_figures_of_a_run_add_up(tmp_path):
    paths = _write_small(tmp_path, 12, 1)
    assert len(paths) == 12 == len(list(tmp_path.iterdir()))
    summary = _summary([_account(str(path)) for path in paths], len(paths), 1.0)
    assert (summary["files"], summary["lost"], summary["failed"]) == (12, 0, 0)
    assert sum(summary["reasons"].values()) == summary["articles"] >= 12


def test_article_that_is_lost_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("نص", encoding="utf-8")
    monkeypatch.setattr("tests.fuzz.run.read_and_clean", _losing)
    account = _account(str(tmp_path / "a.txt"))
    assert "AssertionError" in account["failure"]
    summary = _summary([account], 1, 1.0)
    assert (summary["lost"], summary["failed"]) == (1, 1)


def _losing(path, settings, folder):
    account = read_and_clean(path, settings, folder)
    return type(account)(account.planned + 1, account.cleaned, account.rejected, account.seconds)
