"""Pages from the web, fetched without letting a link reach into the local network."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from framelens import __version__
from framelens.errors import InputError
from framelens.inputs.options import ReadOptions

__all__ = ["Fetched", "fetch"]

_MAX_REDIRECTS = 5
_MAX_ADDRESSES = 4  # of one name
_REDIRECTS = {301, 302, 303, 307, 308}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered."""

    url: str
    data: bytes
    media_type: str | None
    charset: str | None


def _is_public(address: str) -> bool:
    """Whether an address is of the public internet, also where IPv6 wraps an IPv4 one."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
        elif ip not in _GLOBAL_UNICAST:  # site-local and IPv4-compatible addresses count as global elsewhere
            return False
    return ip.is_global and not ip.is_multicast


def _resolve(host: str, port: int, *, allow_private: bool) -> list[str]:
    """The addresses to connect to. They are checked and then used themselves, so no second look-up changes them."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"cannot find the host {host!r}") from error
    addresses = [str(answer[4][0]) for answer in answers]
    if not allow_private:
        for address in addresses:
            if not _is_public(address):
                raise InputError(f"{host!r} is the private or local address {address}; --allow-private permits it")
    return list(dict.fromkeys(addresses))


class _PinnedHTTP(http.client.HTTPConnection):
    """Connects to the first address that answers of those that were checked, whatever the name says now."""

    def __init__(self, host: str, port: int, addresses: list[str], timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._addresses = addresses
        self._opened: socket.socket | None = None

    def connect(self) -> None:
        for address in self._addresses[:_MAX_ADDRESSES]:
            try:
                self.sock = self._opened = socket.create_connection((address, self.port), self.timeout)
            except OSError as error:
                failure = error
            else:
                return
        raise failure

    def cut(self) -> None:
        """End the transfer from another thread; the response may have taken the socket over by then."""
        if self._opened is not None:
            with contextlib.suppress(OSError):
                # Not the TLS socket's own shutdown, which takes its state from under the thread that reads.
                socket.socket.shutdown(self._opened, socket.SHUT_RDWR)


class _PinnedHTTPS(_PinnedHTTP):
    def connect(self) -> None:
        super().connect()
        context = ssl.create_default_context()
        self.sock = self._opened = context.wrap_socket(
            self.sock, server_hostname=self.host, do_handshake_on_connect=False
        )
        # Not within `wrap_socket`, where `cut` would not yet know the new socket.
        self.sock.do_handshake()


def fetch(url: str, options: ReadOptions) -> Fetched:
    """What an http(s) address answers; raises `InputError` beyond the limits of redirects, size and time.

    Proxies of the environment are not used: the address that is checked must be the one that is reached.
    """
    deadline = time.monotonic() + options.timeout
    for _ in range(_MAX_REDIRECTS + 1):
        answer = _hop(url, options, deadline)
        if isinstance(answer, Fetched):
            return answer
        try:
            url = urljoin(url, answer)
        except ValueError as error:
            raise InputError(f"redirects to what is no URL: {error}") from error
    raise InputError(f"redirects more than {_MAX_REDIRECTS} times")


def _hop(url: str, options: ReadOptions, deadline: float) -> Fetched | str:
    """One request: what it answers, or where it redirects to."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise InputError(f"is no valid URL: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError(f"only http and https are fetched, not {url[:200]!r}")
    addresses = _resolve(parts.hostname, port, allow_private=options.allow_private)
    left = deadline - time.monotonic()
    if left <= 0:
        raise InputError(f"took longer than {options.timeout:g} seconds")
    kind = _PinnedHTTPS if parts.scheme == "https" else _PinnedHTTP
    connection = kind(parts.hostname, port, addresses, left)
    # A server that sends a byte now and then never runs into the socket's own timeout.
    timer = threading.Timer(left, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        headers = {"User-Agent": f"framelens/{__version__}", "Accept-Encoding": "identity"}
        connection.request("GET", quote(target, safe="/?&=%:@!$'()*+,;~#[]"), headers=headers)
        answer = _answer(connection.getresponse(), url, options)
        if time.monotonic() >= deadline:
            raise TimeoutError
        return answer
    except (OSError, http.client.HTTPException, ValueError) as error:  # ValueError: names that fit no header
        if time.monotonic() >= deadline:
            raise InputError(f"took longer than {options.timeout:g} seconds") from error
        raise InputError(f"cannot be fetched: {error or type(error).__name__}") from error
    finally:
        timer.cancel()
        connection.close()


def _answer(response: http.client.HTTPResponse, url: str, options: ReadOptions) -> Fetched | str:
    location = response.getheader("Location")
    if response.status in _REDIRECTS and location:
        return location
    if response.status != 200:
        raise InputError(f"the server answers {response.status} {response.reason}")
    data = response.read(options.max_record_bytes + 1)
    if len(data) > options.max_record_bytes:
        raise InputError(f"is larger than {options.max_record_bytes:,} bytes")
    if response.length:
        raise InputError("ends too early")
    declared = "Content-Type" in response.headers
    media_type = response.headers.get_content_type() if declared else None
    return Fetched(url, data, media_type, response.headers.get_content_charset())
