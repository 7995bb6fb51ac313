"""The notebook runs from its first cell to its last on the corpus of the seeds."""

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT, environment

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
QUESTIONS = 3

pytestmark = pytest.mark.models


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_plots_an_answer_to_each_question(path, seed_corpus):
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": path.parent}})
    client.execute(env={**environment(), "WARRAQ_CORPUS": str(seed_corpus)})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == QUESTIONS
    assert all(output.get("name") != "stderr" for output in outputs), outputs
