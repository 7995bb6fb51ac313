"""A process that dies for the store: from some moment on no request of its comes through."""

import pytest

from tests.stores import REQUESTS


class Kill:
    """From the n-th change on, no request comes through: for the store, the process is dead.

    Between two changes it does not matter when: the store stays as it is.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
        """Count the changes from now on, until `monkeypatch` is undone."""
        self.changes = 0
        self._after = after
        for requests in REQUESTS.values():
            requests.patch(monkeypatch, self._count(requests.changes))

    def _count(self, changes):
        async def counted(go_on, kind, named):
            self.changes += changes(kind)
            if self.changes > self._after:
                raise ConnectionError("killed")
            return await go_on()

        return counted
