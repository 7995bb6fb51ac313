"""How the drivers of stores make their requests, so that tests can count, spoil or refuse them."""

from collections.abc import Callable
from dataclasses import dataclass

from gcsfs.core import GCSFileSystem
from s3fs import S3FileSystem

# With any option of theirs, pandas takes fsspec's drivers, not Arrow's: on Google's store that one
# asks Google for a token, also where a server of our own stands for it.
PANDAS = {"storage_options": {"use_listings_cache": False}}


@dataclass(frozen=True)
class Requests:
    """The coroutine of a driver that every request goes through.

    Its first argument is the kind of request; `condition` names the one that says in what state an
    object must be to be replaced.
    """

    driver: type
    name: str
    changes: Callable[[str], bool]
    condition: str

    def patch(self, monkeypatch, around):
        """Let `await around(go_on, kind, named)` stand for each request; `go_on` makes it."""
        request = getattr(self.driver, self.name)

        async def patched(system, kind, *arguments, **named):
            async def go_on(**changed):
                return await request(system, kind, *arguments, **{**named, **changed})

            return await around(go_on, kind, named)

        monkeypatch.setattr(self.driver, self.name, patched)


REQUESTS = {
    "s3": Requests(
        S3FileSystem,
        "_call_s3",
        lambda kind: not kind.startswith(("get_", "head_", "list_")),
        "IfMatch",
    ),
    "gs": Requests(GCSFileSystem, "_request", lambda kind: kind != "GET", "ifGenerationMatch"),
}
