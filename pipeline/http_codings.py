"""Undoing what HTTP does to the body of a page on its way, under a limit."""

from __future__ import annotations

import io
import zlib
from typing import Any

from warcio.bufferedreaders import ChunkedDataReader

from pipeline.compression import compression_of, inflate
from transforms.shards import RejectedArticleError

_CODINGS = {"gzip": ".gz", "x-gzip": ".gz", "zstd": ".zst"}


def without_codings(data: bytes, headers: Any, limit: int) -> bytes:
    """The body without its transfer and content coding, to `limit` bytes and one at most.

    Crawlers often undo the codings and leave the headers: what is not coded is taken as it is.

    Raises:
        RejectedArticleError: `unsupported`, a coding that is not known; `truncated`.
    """
    if (headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = ChunkedDataReader(io.BytesIO(data)).read()
    coding = (headers.get_header("Content-Encoding") or "").strip().lower()
    if _CODINGS.get(coding) == (packed := compression_of(data)) and packed:
        return inflate(data, packed, limit)
    if coding == "deflate":
        return _inflate_raw(data, limit)
    if coding not in ("", "identity", *_CODINGS) and not data.lstrip().startswith(b"<"):
        raise RejectedArticleError("unsupported", f"a page in the coding {coding[:40]!r}")
    return data


def _inflate_raw(data: bytes, limit: int) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # servers disagree on what deflate means
        try:
            return zlib.decompressobj(bits).decompress(data, limit + 1)
        except zlib.error:
            continue
    return data
