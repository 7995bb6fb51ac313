import struct
import tarfile
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archives import is_hidden
from pipeline.records import Record
from schemas.settings import ReadSettings
from tests.pipeline.reading import (
    SmallSettings,
    compressed,
    make_tar,
    make_zip,
    outcomes,
    page,
    records,
    response,
    warc_records,
)

MAKERS = {"a.zip": make_zip, "a.tar": make_tar}
BOTH = pytest.mark.parametrize("name", MAKERS)


def write(path, data):
    path.write_bytes(data)
    return path


def read(tmp_path, name, members, limits=None):
    return records(write(tmp_path / name, MAKERS[name](members)), limits)


@BOTH
def test_members_of_all_formats_are_read_in_order(tmp_path, name):
    members = [
        ("أخبار/سوريا.txt", "خبر".encode()),
        ("b.html.gz", compressed(page(), ".gz")),
        ("c.jsonl.zst", compressed(b'{"text": "1"}\n{"text": "2"}\n', ".zst")),
        ("d.warc", b"".join(warc_records([response(1), response(2)]))),
        ("inner.zip", make_zip([("x/e.txt", b"e")])),
        ("inner.tar.gz", compressed(make_tar([("f.txt", b"f")]), ".gz")),
    ]
    found = read(tmp_path, name, members)
    assert [(record.member, record.number) for record in found] == [
        ("أخبار/سوريا.txt", None), ("b.html.gz", None), ("c.jsonl.zst", 1), ("c.jsonl.zst", 2),
        ("d.warc", 1), ("d.warc", 2), ("inner.zip!/x/e.txt", None), ("inner.tar.gz!/f.txt", None),
    ]  # fmt: skip
    assert found[1].data == page()
    assert found[4].metadata.url == "http://www.example.com/1"


@pytest.mark.parametrize("ending", [".gz", ".zst", ".bz2"])
def test_compressed_archives_are_read(tmp_path, ending):
    members = [("a.txt", b"a"), ("b.txt", b"b")]
    for name, make in MAKERS.items():
        path = write(tmp_path / f"{name}{ending}", compressed(make(members), ending))
        assert outcomes(path) == ["ok", "ok"]
    assert outcomes(write(tmp_path / "a.TGZ", compressed(make_tar(members), ".gz"))) == ["ok"] * 2


@BOTH
def test_hidden_members_and_folders_are_passed_over(tmp_path, name):
    members = [("__MACOSX/a.txt", b"x"), (".git/b.txt", b"x"), ("c/.d.txt", b"x"), ("e.txt", b"e")]
    assert [record.member for record in read(tmp_path, name, members)] == ["e.txt"]
    (record,) = read(tmp_path, name, members[:3])
    assert record.reason == "empty"


@pytest.mark.parametrize(("name", "hidden"), [("./a.txt", False), ("../a", False), ("..a", True)])
def test_dots_that_are_folders_hide_nothing(name, hidden):
    assert is_hidden(name) is hidden


def test_member_without_a_name_is_quarantined(tmp_path):
    broken, whole = read(tmp_path, "a.zip", [("", b"a"), ("b.txt", b"b")])
    assert (broken.reason, whole.member) == ("unsafe_name", "b.txt")


@BOTH
@pytest.mark.parametrize(
    "member",
    ["../../etc/passwd.txt", "/etc/cron.txt", "C:\\a.txt", "a\\..\\..\\b.txt", "\\\\host\\a.txt",
     "a\x07b.txt", "a\nb.txt", "خبر\u202etxt.exe.html", "x" * 3000 + ".txt"],
)  # fmt: skip
def test_unsafe_name_is_quarantined_and_the_next_member_read(tmp_path, name, member):
    broken, whole = read(tmp_path, name, [(member, "نص".encode()), ("b.txt", b"b")])
    assert (broken.reason, whole.member) == ("unsafe_name", "b.txt")
    assert broken.member.isprintable()
    assert len(broken.member) <= 1024


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE]
)
def test_link_or_device_is_unsupported(tmp_path, kind):
    broken, whole = read(tmp_path, "a.tar", [("a.txt", kind.decode()), ("b.txt", b"b")])
    assert (broken.reason, broken.member, whole.data) == ("unsupported", "a.txt", b"b")


@BOTH
def test_members_of_one_name_are_told_apart(tmp_path, name):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of writing them
        members = [("a.txt", b"1"), ("a#2.txt", b"2"), ("a.txt", b"3"), ("a.txt", b"3")]
        found = read(tmp_path, name, members)
    assert [record.data for record in found] == [b"1", b"2", b"3", b"3"]
    assert len({record.member for record in found}) == 4


def test_member_that_ends_within_its_header_says_so(tmp_path):
    data = bytearray(make_zip([("a.txt", b"")]))
    data[29] = 2  # the length of what follows the name
    (broken,) = records(write(tmp_path / "a.zip", data))
    assert (broken.reason, broken.message) == ("truncated", "it ends too early")


def test_encrypted_member_is_quarantined(tmp_path):
    data = bytearray(make_zip([("a.txt", b"secret"), ("b.txt", b"b")]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    broken, whole = records(write(tmp_path / "a.zip", data))
    assert (broken.reason, whole.member) == ("encrypted", "b.txt")


def test_name_in_utf8_that_is_not_declared_is_read_as_such(tmp_path):
    data = make_zip([("x" * len("خبر.txt".encode()), b"a")])
    data = data.replace(b"x" * len("خبر.txt".encode()), "خبر.txt".encode())
    (record,) = records(write(tmp_path / "a.zip", data))
    assert record.member == "خبر.txt"


@BOTH
def test_member_that_unfolds_to_more_than_an_article_is_too_large(tmp_path, name):
    limits = ReadSettings(max_article_megabytes=1)
    broken, whole = read(tmp_path, name, [("a.txt", b"0" * 2_000_000), ("b.txt", b"b")], limits)
    assert (broken.reason, whole.data) == ("too_large", b"b")


def test_header_that_lies_about_a_size_is_not_believed(tmp_path):
    data = bytearray(make_zip([("a.txt", b"0" * 100_000)], zipfile.ZIP_DEFLATED))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)
    assert outcomes(write(tmp_path / "a.zip", data)) != ["ok"]


@BOTH
def test_archive_of_bombs_ends_at_the_limit_of_unfolding(tmp_path, name):
    limits = ReadSettings(max_article_megabytes=1, max_unfolding=1)
    bomb = compressed(b"\n" * 3_000_000, ".gz")
    found = read(tmp_path, name, [(f"{n}.jsonl.gz", bomb) for n in range(9)], limits)
    assert found[-1].reason == "archive_limit"
    assert len(found) < 5


@BOTH
def test_archive_of_too_many_members_is_refused(tmp_path, name):
    members = [(f"{number}.txt", b"x") for number in range(200)]
    *_, last = read(tmp_path, name, members, SmallSettings(max_archive_members=20))
    assert last.reason == "archive_limit"


def test_archives_in_archives_end_at_the_depth_limit(tmp_path):
    data = make_zip([("a.txt", b"bottom")])
    for _ in range(3):
        data = make_zip([("a.zip", data), ("b.zip", data)])
    found = records(write(tmp_path / "42.zip", data))
    assert {record.reason for record in found} == {"archive_limit"}
    assert len(found) == 8
    assert len(records(tmp_path / "42.zip", SmallSettings(max_archive_depth=4))) == 8


def test_broken_inner_archive_does_not_end_the_outer(tmp_path):
    inner = make_zip([("a.txt", b"a")])
    members = [("a.zip", inner[:-30]), ("b.zip", b"text"), ("c.pdf", b"%PDF"), ("d.txt", b"d")]
    for name in MAKERS:
        found = read(tmp_path, name, members)
        reasons = [getattr(item, "reason", "ok") for item in found]
        assert reasons == ["truncated", "mislabelled", "unsupported", "ok"]


def test_damaged_member_of_a_zip_is_truncated_and_the_next_is_read(tmp_path):
    data = bytearray(make_zip([("a.txt", b"abcdefgh" * 10), ("b.txt", b"b")], zipfile.ZIP_STORED))
    data[data.index(b"abcdefgh")] ^= 1
    assert outcomes(write(tmp_path / "a.zip", data)) == ["truncated", "ok"]


def test_truncated_tar_keeps_whole_members(tmp_path):
    data = make_tar([("a.txt", b"a"), ("b.txt", b"b" * 3000)])
    for cut in (1536 + 100, 1536 + 600):
        whole, *broken = records(write(tmp_path / "a.tar", data[:cut]))
        assert whole.data == b"a"
        assert {item.reason for item in broken} == {"truncated"}


def test_damaged_header_of_a_tar_is_not_taken_for_its_end(tmp_path):
    data = bytearray(make_tar([("a.txt", b"a"), ("b.txt", b"b"), ("c.txt", b"c")]))
    data[1024] ^= 0xFF
    assert outcomes(write(tmp_path / "a.tar", data)) == ["ok", "truncated"]


@pytest.mark.parametrize("size", [2**40, -(2**20)])
def test_header_of_impossible_size_ends_a_tar(tmp_path, size):
    for kind in (tarfile.REGTYPE, tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME):
        info = tarfile.TarInfo("a.txt")
        info.size, info.type = size, kind
        data = info.tobuf(tarfile.GNU_FORMAT) + bytes(512)
        found = records(write(tmp_path / "a.tar", make_tar([("0.txt", b"0")])[:1024] + data))
        assert isinstance(found[0], Record)
        assert {item.reason for item in found[1:]} == {"truncated"}


def test_tar_of_endless_extended_headers_is_broken(tmp_path):
    info = tarfile.TarInfo("x")
    info.size, info.type = 11, tarfile.XHDTYPE
    block = info.tobuf() + b"11 path=ab\n".ljust(512, b"\0")
    assert set(outcomes(write(tmp_path / "a.tar", block * 5000))) <= {"truncated", "mislabelled"}


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(MAKERS)), st.booleans())
def test_damaged_archive_always_gives_records_and_never_fails(tmp_path_factory, rng, name, cut):
    members = [("a.txt", b"abc" * 200), ("b.jsonl", b'{"text": "x"}\n' * 9), ("c.zip", b"PK")]
    data = bytearray(MAKERS[name](members))
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    if cut:
        data = data[: rng.randrange(len(data))]
    path = tmp_path_factory.getbasetemp() / f"{rng.randrange(10**9)}{name}"
    found = records(write(path, data))
    path.unlink()
    assert found
    assert all(isinstance(item, Record) or item.reason != "internal" for item in found)
