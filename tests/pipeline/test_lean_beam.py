import subprocess
import sys

from apache_beam.runners.worker.statesampler import StateSampler
from apache_beam.utils.counters import CounterFactory

from pipeline.lean_beam import import_beam

_LOOK = """
import sys
from pipeline.cli import main
code = main(sys.argv[1:])
names = ("IPython", "boto3", "google.cloud", "pandas", "pymongo", "transformers")
print("unused:", [name for name in names if name in sys.modules], code)
import pandas as pd
import pyarrow as pa
print("frame:", pa.table({"word": ["خبر"]}).to_pandas().shape, pa.array(pd.Series([1, None])))
"""


def test_run_imports_nothing_that_it_does_not_use_and_frames_can_be_made_after_it(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("وصل الوزير إلى حلب أمس. وعاد اليوم.", encoding="utf-8")
    arguments = ["run", tmp_path / "in", "--output", tmp_path / "corpus", "--workers", "1"]
    told = subprocess.run(
        [sys.executable, "-c", _LOOK, *arguments], capture_output=True, text=True, check=True
    ).stdout
    assert "unused: [] 0" in told
    assert "frame: (1, 1)" in told


def test_bundle_does_not_wait_for_a_sampler_that_sleeps():
    import_beam()
    assert StateSampler("step", CounterFactory()).sampling_period_ms <= 10
