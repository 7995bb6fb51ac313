import pytest

from transforms.addresses import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.alfurat.example/a", "alfurat.example"),
        ("http://m.a.example:80", "m.a.example"),
        ("mailto:x", None),
        ("http://[", None),
        ("http:///x", None),
        ("", None),
        (None, None),
    ],
)
def test_host_is_named_without_www(url, host):
    assert host_of(url) == host
