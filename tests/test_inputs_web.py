"""Addresses are fetched within limits, and never from the local network unless that is asked for."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from corruption import page, record

from framelens import Article
from framelens.inputs import ReadOptions, Rejected, read_articles, web

LOCAL = ReadOptions(allow_private=True, timeout=5, max_record_bytes=100_000)


class _Site(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/nowhere":
            self.send_response(302)
            self.send_header("Location", "http://[")
            self.end_headers()
        elif self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path in {"/page", "/large"}:
            data = page(1) if self.path == "/page" else b"x" * 200_000
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        elif self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            except OSError:
                pass
        else:
            self.send_error(404)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def reason(url: str, options: ReadOptions = LOCAL) -> str:
    (item,) = read_articles([url], options)
    assert isinstance(item, Rejected)
    return item.reason


def test_a_page_is_fetched_through_a_redirect(site: str) -> None:
    """The article's address is the one that answered in the end."""
    (article,) = read_articles([f"{site}/moved"], LOCAL)
    assert isinstance(article, Article)
    assert (article.title, article.url) == (record(1)["title"], f"{site}/page")


def test_limits_hold(site: str) -> None:
    """Redirects, size, time, scheme and status are limited, each with its reason."""
    assert "redirects more than 5 times" in reason(f"{site}/loop")
    assert "larger than 100,000 bytes" in reason(f"{site}/large")
    assert "only http and https" in reason(f"{site}/file")
    assert "404" in reason(f"{site}/none")
    assert "only http and https" in reason("ftp://example.org/a")


def test_a_server_that_drips_is_cut_off(site: str) -> None:
    """A byte now and then does not keep a run waiting beyond the time limit."""
    started = time.monotonic()
    assert "longer than 0.5 seconds" in reason(f"{site}/slow", ReadOptions(allow_private=True, timeout=0.5))
    assert time.monotonic() - started < 2


def test_local_addresses_are_refused(site: str) -> None:
    """Without leave, nothing on this machine or its network is asked."""
    assert "--allow-private" in reason(f"{site}/page", ReadOptions())
    assert "--allow-private" in reason("http://localhost:1/", ReadOptions())
    assert "--allow-private" in reason("http://[::ffff:10.0.0.1]/", ReadOptions())


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "0.1.2.3", "10.1.2.3", "169.254.169.254", "100.64.0.1", "::1", "fe80::1%eth0", "::ffff:127.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "fd00::1"],
)  # fmt: skip
def test_local_addresses_are_known_in_every_guise(address: str) -> None:
    """Private, link-local, shared, multicast and wrapped addresses are not public."""
    assert not web._is_public(address)


def test_public_addresses_are_public() -> None:
    """The common case is not refused."""
    assert web._is_public("93.184.215.14")
    assert web._is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise at a second look-up (DNS rebinding) gains nothing."""
    answers = iter(["93.184.215.14", "127.0.0.1"])
    reached = []

    def look_up(*args: object, **kwargs: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    def connect(address: tuple[str, int], *args: object) -> socket.socket:
        reached.append(address[0])
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert "refused" in reason("http://rebind.example/", ReadOptions())
    assert reached == ["93.184.215.14"]


@pytest.mark.parametrize("address", ["::7f00:1", "fec0::1", "::ffff:0:127.0.0.1", "5f00::1"])
def test_only_global_unicast_is_public_in_ipv6(address: str) -> None:
    """Site-local, IPv4-compatible and unassigned addresses are refused, though `is_global` lets them pass."""
    assert not web._is_public(address)


def test_a_redirect_to_no_url_is_refused(site: str) -> None:
    """A location that cannot be parsed costs its own input, not the run."""
    assert "no URL" in reason(f"{site}/nowhere")


def test_a_server_that_drips_its_handshake_is_cut_off() -> None:
    """The time limit holds while TLS is being agreed on, too."""
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            try:
                connection.sendall(b"\x16\x03\x03\x3f\xff")  # a handshake record of 16 kB
                for _ in range(100):
                    connection.sendall(b"\x02")
                    time.sleep(0.05)
            except OSError:
                pass

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    url = f"https://127.0.0.1:{server.getsockname()[1]}/"
    assert reason(url, ReadOptions(allow_private=True, timeout=0.5))
    assert time.monotonic() - started < 2
    thread.join()
    server.close()


def test_the_next_address_is_tried(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a dead address and a live one is reached."""
    port = int(site.rsplit(":", 1)[1])
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port)) for host in ("127.0.0.9", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answers)

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        if address[0] == "127.0.0.9":
            raise ConnectionRefusedError("refused")
        opened = socket.socket()
        opened.settimeout(timeout)
        opened.connect(address)
        return opened

    monkeypatch.setattr(socket, "create_connection", connect)
    (article,) = read_articles([f"http://two.example:{port}/page"], LOCAL)
    assert isinstance(article, Article)
