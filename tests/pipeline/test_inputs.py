from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile, MemoryFileSystem
from fsspec.utils import infer_storage_options
from hdfs_native.fsspec import HdfsFileSystem

from pipeline.errors import UsageError
from pipeline.files import open_file
from pipeline.inputs import find_inputs
from pipeline.places import place

NOWHERE = Path("/nowhere")


@pytest.fixture
def news(tmp_path, monkeypatch):
    for name in (
        "news/1/خبر.txt",
        "news/2/خبر.txt",
        "news/2/b.jsonl",
        "news/.hidden",
        "news/.git/x",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("نص", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def keys(*arguments, exclude=NOWHERE):
    return [file.key for file in find_inputs(arguments, exclude)]


def test_folder_gives_all_its_files_but_hidden_ones(news):
    assert keys("news") == ["news/1/خبر.txt", "news/2/b.jsonl", "news/2/خبر.txt"]


def test_path_is_what_the_user_would_type(news):
    assert [file.path for file in find_inputs(["news/2"], NOWHERE)] == [
        "news/2/b.jsonl",
        "news/2/خبر.txt",
    ]


def test_keys_do_not_depend_on_where_the_folder_lies(news, monkeypatch):
    from_above = keys("news")
    monkeypatch.chdir(news / "news" / "1")
    assert keys(str(news / "news")) == from_above
    assert keys("..") == from_above


def test_files_of_one_folder_have_the_keys_that_the_folder_gives_them(news):
    assert keys("news/2/b.jsonl", "news/2/خبر.txt") == keys("news/2")


def test_equal_names_below_two_folders_get_different_keys(news):
    assert keys("news/1", "news/2") == ["1/خبر.txt", "2/b.jsonl", "2/خبر.txt"]


def test_folders_of_the_same_name_are_told_apart_by_their_parents(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a/news/1.txt", "b/news/1.txt"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    assert keys("a/news", "b/news") == ["a/news/1.txt", "b/news/1.txt"]


def test_glob_is_expanded_at_any_depth(news):
    assert keys("news/**/*.txt") == ["news/1/خبر.txt", "news/2/خبر.txt"]


def test_file_named_twice_is_read_once(news):
    assert keys("news", "news/1", "news/1/خبر.txt", "./news") == keys("news")
    assert keys("news/1/خبر.txt", "news") == keys("news")


def test_link_to_a_file_is_read_under_its_own_name(news):
    (news / "stored").mkdir()
    (news / "stored" / "0001").write_text("نص", encoding="utf-8")
    (news / "news" / "1" / "link.txt").symlink_to(news / "stored" / "0001")
    (file,) = find_inputs(["news/1/link.txt"], NOWHERE)
    assert file.location.endswith("/news/1/link.txt")


def test_file_whose_name_looks_like_a_glob_is_itself(news):
    (news / "a[1].txt").touch()
    assert keys("a[1].txt") == [f"{news.name}/a[1].txt"]


def test_corpus_inside_an_input_folder_is_not_read(news):
    assert keys(".", exclude=news / "news" / "2") == [f"{news.name}/news/1/خبر.txt"]


@pytest.mark.parametrize("argument", ["nowhere", "news/*.html", "empty"])
def test_argument_that_names_nothing_is_refused_by_name(news, argument):
    (news / "empty").mkdir()
    with pytest.raises(UsageError, match=argument.replace("*", r"\*")):
        find_inputs([argument], NOWHERE)


def test_name_that_is_not_utf8_is_escaped(news):
    Path("news/1/\udcff.txt").touch()
    assert r"news/1/\xff.txt" in keys("news")


@pytest.fixture
def store():
    import fsspec

    system = fsspec.filesystem("memory")
    for name in ("news/1/خبر.txt", "news/2/b.jsonl", "news/.hidden", "news/.git/x", "other/a.txt"):
        system.pipe(f"/bucket/{name}", "نص".encode())
    yield "memory://bucket"
    system.rm("/bucket", recursive=True)


def test_folder_of_a_store_gives_the_keys_that_a_local_one_gives(store):
    assert keys(f"{store}/news") == ["news/1/خبر.txt", "news/2/b.jsonl"]
    assert keys(f"{store}/news/") == keys(f"{store}/news")
    (first, _) = find_inputs([f"{store}/news"], NOWHERE)
    assert first.path.startswith("memory://")
    assert first.path.endswith("bucket/news/1/خبر.txt")
    assert keys(store) == ["bucket/news/1/خبر.txt", "bucket/news/2/b.jsonl", "bucket/other/a.txt"]


def test_corpus_inside_an_input_folder_of_a_store_is_not_read(store):
    found = find_inputs([store], place(f"{store}/news"))
    assert [file.key for file in found] == ["bucket/other/a.txt"]


def test_globs_and_files_of_a_store_are_found_once(store):
    assert keys(f"{store}/**/*.txt") == ["bucket/news/1/خبر.txt", "bucket/other/a.txt"]
    assert keys(f"{store}/news/2/b.jsonl") == ["2/b.jsonl"]
    assert keys(f"{store}/news/2/b.jsonl", f"{store}/news") == keys(f"{store}/news")


def test_local_files_can_be_named_by_url(news):
    assert keys(f"file://{news}/news") == keys("news")
    assert keys(f"file://{news}/news", "news/1") == keys("news")


def test_store_and_local_folder_of_one_name_are_told_apart(news, store):
    assert len(set(keys("news", f"{store}/news"))) == 5


@pytest.mark.parametrize(
    "argument", ["memory://bucket/nowhere", "memory://bucket/*.html", "gopher://bucket/x"]
)
def test_address_that_names_nothing_is_refused_by_name(store, argument):
    with pytest.raises(UsageError, match=argument.replace("*", r"\*")):
        find_inputs([argument], NOWHERE)


def test_missing_driver_is_named():
    with pytest.raises(UsageError, match="dropboxdrivefs"):
        find_inputs(["dropbox://bucket/news"], NOWHERE)


def test_store_on_a_named_machine_is_read_there():
    """Drivers of `hdfs://` and the like leave the machine out of their paths."""

    class Named(MemoryFileSystem):
        protocol = "named"

        @classmethod
        def _strip_protocol(cls, path):
            return f"/{infer_storage_options(path)['path'].strip('/')}".rstrip("/")

        @staticmethod
        def _get_kwargs_from_urls(path):
            found = infer_storage_options(path)
            return {name: found[name] for name in ("host", "port") if name in found}

    fsspec.register_implementation("named", Named, clobber=True)
    Named.pseudo_dirs = [""]
    Named.store = {"/news/a.txt": MemoryFile(None, "/news/a.txt", "نص".encode())}
    (found,) = find_inputs(["named://machine:8020/news"], NOWHERE)
    assert (found.key, found.location) == ("news/a.txt", "named://machine:8020/news/a.txt")
    with open_file(found.location) as file:
        assert file.read() == "نص".encode()
    several = find_inputs(["named://machine/news", "named://other/news"], NOWHERE)
    assert [file.key for file in several] == ["machine/news/a.txt", "other/news/a.txt"]


@pytest.mark.parametrize(
    "use", [lambda name: find_inputs([name], NOWHERE), lambda name: place(name)]
)
def test_driver_that_says_much_is_quoted_in_a_line(use, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("Unable to load libjvm\ndlopen(/usr/lib/jvm) failed\ndlopen(…) failed")

    monkeypatch.setattr(HdfsFileSystem, "__init__", fail)
    with pytest.raises(UsageError, match=r"^hdfs://.*Unable to load libjvm; look at") as told:
        use("hdfs://other:8020/news")
    assert "dlopen" not in str(told.value)
