"""The runs of these tests cannot reach a network; this shows that it is so."""

import subprocess
import sys

import pytest

from tests.conftest import environment


@pytest.mark.parametrize(
    "use",
    [
        "socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "socket.getaddrinfo('example.org', 80)",
        "urllib.request.urlopen('https://example.org', timeout=1)",
    ],
)
def test_a_run_that_used_the_network_would_fail(use):
    done = subprocess.run(
        [sys.executable, "-c", f"import socket, urllib.request; {use}"],
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "the network was used" in done.stderr


def test_a_run_may_talk_to_its_own_workers():
    code = (
        "import socket; server = socket.create_server(('localhost', 0));"
        "socket.create_connection(server.getsockname()[:2])"
    )
    subprocess.run([sys.executable, "-c", code], env=environment(), check=True)
