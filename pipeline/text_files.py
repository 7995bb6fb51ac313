"""The text of files that hold many articles: its encoding is found once, then it is streamed."""

from __future__ import annotations

import io
from typing import BinaryIO, TextIO

from pipeline.decoding import byte_order_mark, decode
from pipeline.encoding_labels import codec_name
from pipeline.records import FileEncoding, Source
from pipeline.streams import buffered

# Enough for a detector to be sure, and to meet a letter beyond ASCII.
_HEAD_BYTES = 1024 * 1024


def open_text(source: Source) -> tuple[TextIO, FileEncoding]:
    """A file's text, with its line ends as they are, and its encoding.

    The encoding is found in the file's first mebibyte; bytes that it has no character for become
    U+FFFD.

    Raises:
        RejectedArticleError: `binary` or `undecodable`.
    """
    head = _head(source.file)
    end = len(head) if len(head) < _HEAD_BYTES else max(head.rfind(b"\n"), head.rfind(b","))
    found = decode(head[:end] if end > 0 else head, source.settings.encoding)
    mark, marked = byte_order_mark(head) or (b"", None)
    codec = codec_name(found.encoding)
    if codec in ("utf-16", "utf-32"):  # as a stream they must begin with the mark
        codec = marked or f"{codec}-le"
    stream = buffered(_Rejoined(head[len(mark) :], source.file))
    text = io.TextIOWrapper(stream, encoding=codec, errors="replace", newline="")
    return text, FileEncoding(
        found.encoding, found.encoding_source, found.confidence, found.evidence
    )


def _head(file: BinaryIO) -> bytes:
    pieces = []
    left = _HEAD_BYTES
    while left > 0 and (piece := file.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class _Rejoined:
    """Bytes that were read ahead and the file that they came from, as one again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        return self._head.read(size) or self._rest.read(size)
