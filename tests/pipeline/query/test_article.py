import io

import pytest

from pipeline.errors import UsageError
from pipeline.query.article import find_article, write_article
from pipeline.query.corpus import open_corpus
from pipeline.query.terminal import Style
from tests.pipeline.query.corpora import make_corpus

PLAIN = Style(width=80, isolating=False, coloured=False)


@pytest.mark.parametrize("named", ["bb33", "bb", "in/b.txt"])
def test_an_article_is_found_by_what_one_knows_of_it(corpus, named):
    article = find_article(corpus, named)
    assert article["doc_id"] == "bb33"
    assert [row["sentence_id"] for row in article["sentences"]] == ["bb33.0", "bb33.1"]


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("aa", "'aa' is of 2 articles: aa11, aa22; name one"),
        ("in/a.jsonl", "is of 2 articles"),
        ("zz", "there is no article 'zz' in the corpus; name its"),
        ("", "no article ''"),
    ],
)
def test_an_article_that_is_not_the_only_one_is_refused(corpus, named, why):
    with pytest.raises(UsageError, match=why):
        find_article(corpus, named)


def shown(corpus, named, style=PLAIN, words=False, removed=False):
    out = io.StringIO()
    write_article(find_article(corpus, named), out, style, words, removed)
    return out.getvalue()


def test_names_are_marked(corpus):
    text = shown(corpus, "aa11")
    assert "قال [سيرغي لافروف\u00a0PER] في [موسكو\u00a0LOC]." in text
    assert "site         واحد" in text
    assert "published    2016-03-24 10:00:00" in text
    assert "عنوان" in text


def test_names_are_coloured_in_a_terminal_and_the_colours_explained(corpus):
    text = shown(corpus, "aa11", Style(width=80, isolating=True, coloured=True))
    assert "\x1b[32mسيرغي لافروف\x1b[0m" in text
    assert "\x1b[32mPER\x1b[0m" in text


def test_every_word_and_what_was_removed_can_be_seen(corpus):
    text = shown(corpus, "aa22", words=True, removed=True)
    (line,) = [line for line in text.splitlines() if line.strip().startswith("معلما")]
    assert line.split() == ["معلما", "مَعْلَم", "ع.ل.م", "NOUN"]
    assert "removed (related)  للمزيد" in text


def test_lines_are_no_longer_than_the_terminal(tmp_path):
    articles = {"aa11": (None, None, (" ".join(["قالَ لافروف"] * 30) + ".",))}
    corpus = open_corpus(make_corpus(tmp_path / "corpus", articles))
    text = shown(corpus, "aa11", Style(width=60, isolating=False, coloured=False))
    assert max(len(line.replace("\u064e", "")) for line in text.splitlines()[6:]) <= 60
