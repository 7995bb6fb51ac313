import pytest

from pipeline.query.corpus import open_corpus
from tests.pipeline.query.corpora import make_corpus


@pytest.fixture(scope="package")
def folder(tmp_path_factory):
    return make_corpus(tmp_path_factory.mktemp("query") / "corpus")


@pytest.fixture(scope="package")
def corpus(folder):
    return open_corpus(folder)
