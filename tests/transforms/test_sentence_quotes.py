"""What stands before a quotation."""

import pytest

from transforms.sentence_quotes import is_announced, names_a_work, replaces_a_colon


@pytest.mark.parametrize(
    ("before", "announced"),
    [
        ("قال", True),
        ("فقلت ،", True),
        ("وأضاف وزير الخارجية الروسي", True),
        ("سؤال :", True),
        ("قال إن فيلم", False),
        ("شاهد أمس", False),
        ("", False),
    ],
)
def test_a_colon_or_a_verb_of_speech_announces_a_quotation(before, announced):
    words = (*before.split(), "«")
    assert is_announced(words, len(words) - 1) is announced


@pytest.mark.parametrize(
    ("before", "work"),
    [
        ("في كتابه", True),
        ("بعنوان :", True),
        ("والرواية", True),
        ("قال الوزير", False),
        ("", False),
    ],
)
def test_a_quotation_behind_the_kind_of_a_work_is_its_name(before, work):
    words = (*before.split(), "«")
    assert names_a_work(words, len(words) - 1) is work


@pytest.mark.parametrize(
    ("before", "colon"),
    [("فقال ابن العباس", True), ("كما يقول المثل القديم", False), ("وصل الوزير", False)],
)
def test_an_ellipsis_behind_the_speaker_is_a_colon(before, colon):
    words = tuple(before.split())
    assert replaces_a_colon(words, len(words)) is colon
