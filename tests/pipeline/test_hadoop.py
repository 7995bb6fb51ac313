"""What needs no NameNode; `WARRAQ_HDFS` lets `test_objects` and `test_run_on_store` use one."""

import io
import pickle

from hdfs_native import FileReader

from pipeline.files import driver
from pipeline.hadoop import HadoopFileSystem, _Filling
from pipeline.places import canonical, place

NEWS = "hdfs://namenode:8020/news"


def test_place_keeps_its_namenode_wherever_it_is_sent():
    corpus = place(NEWS)
    sent = pickle.loads(pickle.dumps(corpus / "sentences"))
    assert (str(sent), sent.parent, canonical(sent)) == (
        f"{NEWS}/sentences", corpus, f"{NEWS}/sentences"
    )  # fmt: skip
    system, path = driver(f"{NEWS}/a.txt")
    assert isinstance(system, HadoopFileSystem)
    assert isinstance(sent.fs, HadoopFileSystem)
    assert (path, system.unstrip_protocol(path)) == ("/news/a.txt", f"{NEWS}/a.txt")


class Inner:
    """What hdfs-native's reader asks its library for."""

    def __init__(self, data):
        file = io.BytesIO(data)
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
        self.file_length = lambda: len(data)


def test_file_is_read_by_lines_and_from_anywhere():
    data = "خبر أول\nخبر ثان\n".encode()
    file = io.BufferedReader(_Filling(FileReader(Inner(data))))
    first, second = data.splitlines(keepends=True)
    assert (file.readline(), file.tell(), file.readline()) == (first, len(first), second)
    assert file.seek(len(first)) == len(first)
    assert file.read() == second
    assert file.seek(0, io.SEEK_END) == len(data)
