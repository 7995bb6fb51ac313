import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from pipeline.errors import UsageError
from pipeline.ledger import Entry, write_entries
from pipeline.report.build import report
from pipeline.report.corpus_view import open_corpus
from pipeline.report.page import embedded_json
from tests.articles import shard
from tests.conftest import warraq
from tests.pipeline.report.corpora import article, infect, make_corpus
from tests.pipeline.test_write import run

PAYLOAD = "</script><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\u2028&"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def page(corpus):
    return report(corpus).read_text(encoding="utf-8")


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_page_is_in_the_corpus_and_the_program_says_where(corpus):
    done = warraq("report", "--corpus", corpus)
    assert done.stdout.startswith((corpus / "report.html").resolve().as_uri())


def test_same_corpus_gives_the_same_page(corpus, page, tmp_path):
    assert report(corpus, output=tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_nothing_is_fetched_and_only_scripts_of_known_hashes_run(page):
    elements = Elements(page).found
    loading = [attrs for _, attrs in elements if {"src", "srcset", "data", "poster"} & attrs.keys()]
    assert loading == []
    assert not any(
        tag in ("link", "iframe", "object", "embed", "base", "form") for tag, _ in elements
    )
    (policy,) = [
        attrs["content"]
        for _, attrs in elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"('sha256-[^']+' ?){2}", rules["script-src"])
    assert "@import" not in page.partition("</style>")[0]


def test_hostile_text_of_every_column_stays_text(tmp_path):
    folder = make_corpus(tmp_path / "corpus")
    before = Elements(report(folder).read_text(encoding="utf-8")).found
    infect(folder, PAYLOAD)
    after = report(folder).read_text(encoding="utf-8")
    elements = Elements(after).found
    assert [tag for tag, _ in elements].count("script") == [tag for tag, _ in before].count(
        "script"
    )
    assert not any(tag == "img" or "onerror" in attrs for tag, attrs in elements)
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in after
    assert "{{7*7}}" in after


def test_address_that_is_no_web_address_is_no_link(tmp_path):
    articles = []
    for index, url in enumerate(("javascript:alert(1)", "https://example.org/a?b=1&c=2")):
        one = article(f"d{index}", "قال لافروف.")
        metadata = replace(one.article.metadata, url=url)
        articles.append(replace(one, article=replace(one.article, metadata=metadata)))
    run(tmp_path / "corpus", shard(0, articles))
    elements = Elements(report(tmp_path / "corpus").read_text(encoding="utf-8")).found
    links = [attrs["href"] for tag, attrs in elements if tag == "a"]
    assert [link for link in links if not link.startswith("#")] == ["https://example.org/a?b=1&c=2"]


def test_embedded_json_comes_back_as_it_was():
    text = embedded_json([PAYLOAD])
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == [PAYLOAD]


def test_headings_descend_and_every_figure_has_one(page):
    levels = [int(tag[1]) for tag, _ in Elements(page).found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    elements = Elements(page).found
    identifiers = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert len(set(identifiers)) == len(identifiers)
    named = [attrs["aria-labelledby"] for _, attrs in elements if "aria-labelledby" in attrs]
    assert set(named) <= set(identifiers)


def test_every_chart_has_its_numbers_in_a_table(page):
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert sum('class="chart"' in figure for figure in figures) > 10
    assert all("<table>" in figure or "Nothing to show" in figure for figure in figures)


def test_run_shows_what_it_made_and_no_later_run_made_anew(tmp_path):
    folder = make_corpus(tmp_path / "corpus")
    write_entries(
        folder,
        [
            Entry("a.txt", "in/a.txt", "0" * 64, "f", 100, 3, ("p",)),
            Entry("c.zip", "in/c.zip", "0" * 64, "f", 205, 1, ("p",)),
            Entry("b.txt", "in/b.txt", "0" * 64, "f", 205, 1, ("p",)),
        ],
    )
    (folder / ".runs").mkdir()
    record = {
        "run": 2, "command": "nightly", "state": "done",
        "started": "1970-01-01T00:03:20+00:00", "finished": "1970-01-01T00:03:30+00:00",
        "metrics": {"seconds.tag": 7.0}, "counts": {"documents": 1, "rejected": 1},
    }  # fmt: skip
    (folder / ".runs" / "000002.json").write_text(json.dumps(record), encoding="utf-8")
    view = open_corpus(folder, "2")
    assert view.rows("SELECT doc_id FROM documents") == [("d1",)]
    assert view.rows("SELECT DISTINCT doc_id FROM sentences") == [("d1",)]
    assert view.rows("SELECT path FROM quarantine") == [("in/b.txt",)]
    written = report(folder, "2")
    assert written.name == "report-000002.html"
    assert "Run 2 into corpus corpus" in written.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="no run 3"):
        report(folder, "3")


def test_folder_without_a_corpus_is_a_usage_error(tmp_path):
    done = warraq("report", "--corpus", tmp_path, code=2)
    assert "there is no corpus" in done.stderr


def test_folder_of_an_odd_name_is_read(tmp_path):
    folder = make_corpus(tmp_path / "a'b [1]* ?")
    assert open_corpus(folder).row("SELECT count(*) FROM documents") == (4,)
