import pytest

from pipeline.errors import RunError
from pipeline.same_software import difference, software, with_same_software


def test_worker_with_the_same_software_takes_part():
    assert with_same_software("shard", software()) == "shard"


@pytest.mark.parametrize("name", ["Warraq's code", "torch", "pyarrow"])
def test_worker_with_another_software_takes_no_part(name):
    with pytest.raises(RunError, match=rf"{name} .* instead of 0\.0; install there"):
        with_same_software("shard", {**software(), name: "0.0"})


def test_build_for_one_kind_of_machine_is_no_other_version():
    assert difference({"torch": "2.13.0+cpu"}, {"torch": "2.13.0"}) == ""
    assert difference({"torch": "2.12.0+cpu"}, {"torch": "2.13.0"})
    assert difference({}, {"torch": "2.13.0"}) == "torch none instead of 2.13.0"
