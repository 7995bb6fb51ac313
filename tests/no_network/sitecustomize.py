"""On the path of a Python process, this forbids it every connection beyond its own machine."""

import ipaddress
import socket

_connect = socket.socket.connect
_getaddrinfo = socket.getaddrinfo


def _forbid(host):
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return
    try:
        local = ipaddress.ip_address(name)
    except ValueError:
        local = None
    if local is None or not (local.is_loopback or local.is_unspecified):
        raise AssertionError(f"the network was used: {name}")


def _guarded_connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        _forbid(address[0])
    return _connect(self, address)


def _guarded_getaddrinfo(host, *arguments, **named):
    _forbid(host)
    return _getaddrinfo(host, *arguments, **named)


socket.socket.connect = _guarded_connect
socket.getaddrinfo = _guarded_getaddrinfo
