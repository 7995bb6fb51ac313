import pytest

from pipeline.morphology import DEFAULT_FOLDER, convert
from tests.databases import database_of_2020
from tests.merging import merge
from transforms.analysis_forms import Forms, forms_of
from transforms.lexicon import load_lexicon

WORDS = """
كتاب والكتاب للشمس والصلاة بأن ان الى على كان وقال فيها سنكتبها أفلا لليبيا بالفلوجة كتابا هدى فتى
المسلحون المتحدة وزير لافروف أدبلوك والزنتان شؤون مسؤولية اتفاقية وباتفاقها فسيكفيكهم مدرساتهم
""".split()


def assert_camel_tools_joins_alike(lexicon, words):
    candidates = [
        candidate
        for word in words
        for candidate in (*lexicon.analyses(word), *lexicon.guesses(word, "ALL"))
    ]
    assert candidates
    for candidate in candidates:
        merged = merge(lexicon, candidate)
        assert forms_of(*candidate.parts())._asdict() == {
            name: merged.get(name, "") for name in Forms._fields
        }


def test_forms_are_those_of_camel_tools(tmp_path):
    (tmp_path / "catalogue.json").write_text('{"version": "", "packages": {}, "components": {}}')
    (tmp_path / "tiny.db").write_text(convert(database_of_2020()))
    lexicon = load_lexicon(tmp_path / "tiny.db")
    assert_camel_tools_joins_alike(lexicon, ["والكتاب", "كتابه", "ان", "والعم"])


@pytest.mark.models
def test_forms_are_those_of_camel_tools_with_its_database():
    assert_camel_tools_joins_alike(load_lexicon(DEFAULT_FOLDER / "almor-msa-r13.db"), WORDS)
