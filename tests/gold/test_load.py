"""The gold articles keep to their format, and the loader to its word."""

import pytest

from tests.gold.load import GoldEntity, load, read_block
from transforms.tokens import tokenise

GOLD = load()
BLOCKS = [(article.name, block) for article in GOLD.articles for block in article.blocks]


def test_there_is_enough_of_it():
    assert GOLD.sentences >= 150
    assert GOLD.entities >= 300
    assert len(GOLD.digest) == 64


def test_a_block_is_read_with_its_breaks_and_entities():
    block = read_block("paragraph: قال {PER فولكوف = دميتري فولكوف}: «نعم. |لا».|وغادر {LOC دمشق}.")
    assert block.text == "قال فولكوف: «نعم. لا».وغادر دمشق."
    assert [block.text[start:end] for start, end in block.sentences] == [
        "قال فولكوف: «نعم.",
        "لا».",
        "وغادر دمشق.",
    ]
    assert block.entities == (
        GoldEntity("PER", 4, 10, "دميتري فولكوف"),
        GoldEntity("LOC", 28, 32, "دمشق"),
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("قال نعم.", "no kind of block"),
        ("poem: قال نعم.", "no kind of block"),
        ("paragraph: قال {ANIMAL الأسد}.", "no type of entity"),
        ("paragraph: قال {PER  علي}.", "white space at the edge"),
        ("paragraph: قال {PER علي.", "a brace or bar"),
        ("paragraph: قال نعم. | لا.", "a bar that no sentence follows"),
        ("paragraph: قال نعم.|", "a bar that no sentence follows"),
        ("paragraph:  ", "white space at the edge"),
    ],
)
def test_a_line_that_breaks_the_format_is_refused(line, what):
    with pytest.raises(ValueError, match=what):
        read_block(line)


def test_the_error_names_file_and_line(tmp_path):
    (tmp_path / "a.txt").write_text("title: عنوان\n\nparagraph: قال {PER علي.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt, line 3"):
        load(tmp_path)


def test_a_folder_without_articles_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no articles"):
        load(tmp_path)


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_sentences_and_entities_are_whole_tokens(name, block):
    tokens = tokenise(block.text)
    assert set(block.breaks) <= set(tokens.starts)
    for entity in block.entities:
        assert entity.start in tokens.starts, block.text[entity.start : entity.end]
        assert entity.end in tokens.ends, block.text[entity.start : entity.end]
        inside = [one for one in block.breaks if entity.start < one < entity.end]
        assert not inside


@pytest.mark.parametrize("article", GOLD.articles, ids=lambda article: article.name)
def test_a_name_has_one_type_in_an_article(article):
    types = {}
    for block in article.blocks:
        for entity in block.entities:
            assert types.setdefault(entity.name, entity.type) == entity.type
