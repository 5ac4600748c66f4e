"""`framelens.serve`: the library's own answers over HTTP, and limits that hold."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import pytest
from click.testing import CliRunner

from framelens.analyzer import Analyzer
from framelens.cli.serve import command
from framelens.errors import MissingExtraError
from framelens.render import to_html
from framelens.serve import ServeLimits, create_app
from framelens.text import Article

pytest.importorskip("fastapi", reason="needs the extra serve")
uvicorn = pytest.importorskip("uvicorn", reason="needs the extra serve")
httpx = pytest.importorskip("httpx", reason="a development dependency")

TEXT = "The disgraceful vote ended on Monday. “We will appeal,” said Ana Ruiz, a teacher. 🙂 Rain fell."
LIMITS = ServeLimits(max_bytes=20_000, body_seconds=1.0, score_seconds=20.0, workers=2)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(None)


class _Server:
    """A real server on a free port, run in a thread."""

    def __init__(self, app: object) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def server(analyzer: Analyzer) -> Iterator[_Server]:
    with _Server(create_app(analyzer, LIMITS)) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: _Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client


def raw(server: _Server, head: str, *pieces: bytes, pause: float = 0.0) -> tuple[str, float]:
    """What the server says to bytes sent piece by piece, and after how many seconds."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode())
        try:
            for piece in pieces:
                time.sleep(pause)
                connection.sendall(piece)
        except OSError:
            pass  # the server may have answered and closed by now
        answer = connection.recv(4096).decode()
    return answer.splitlines()[0] if answer else "", time.monotonic() - begin


def test_fifty_requests_at_once_equal_the_library(client: httpx.Client, analyzer: Analyzer) -> None:
    """Fifty requests at once are all answered, each with what the library says of that article."""
    sent = [{"text": f"{TEXT} Number {i}.", "id": str(i), "title": f"T{i}", "outlet": "Gazette"} for i in range(50)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda body: client.post("/score", json=body), sent))
    assert [answer.status_code for answer in answers] == [200] * 50
    for body, answer in zip(sent, answers, strict=True):
        assert answer.json() == json.loads(json.dumps(analyzer.analyze(Article(**body)).to_dict()))


def test_the_report_is_the_librarys_page(client: httpx.Client, analyzer: Analyzer) -> None:
    """/report answers JSON and forms alike with the page that the library renders."""
    article = Article("The sham vote <script>alert(1)</script> ended.", title="<img src=x>")
    page = to_html(analyzer.analyze(article))
    as_json = client.post("/report", json={"text": article.text, "title": article.title})
    as_form = client.post("/report", data={"text": article.text, "title": article.title, "outlet": ""})
    assert as_json.status_code == as_form.status_code == 200
    assert as_json.text == as_form.text == page
    assert "<script>alert(1)" not in page
    assert "default-src 'none'" in as_form.headers["content-security-policy"]


def test_the_page_asks_nobody_else(client: httpx.Client) -> None:
    """The page to paste into loads nothing and sends to this server only."""
    page = client.get("/")
    assert page.status_code == 200
    assert 'action="/report"' in page.text
    assert "src=" not in page.text
    assert "http" not in page.text
    assert client.get("/docs").status_code == 404


def test_health_and_description(client: httpx.Client) -> None:
    """/health says what the server scores with; the OpenAPI description names the body."""
    assert client.get("/health").json()["status"] == "ok"
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/score", "/report", "/health"}
    body = paths["/score"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["required"] == ["text"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"text": 1}',
        b'{"text": null}',
        b'{"text": "a", "txet": "b"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b"[" * 15_000,
        b'{"text": NaN}',
    ],
)
def test_malformed_bodies_are_422(client: httpx.Client, body: bytes) -> None:
    """Whatever is not such an article is refused with what is wrong, and never repeated."""
    answer = client.post("/score", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["msg"]
    assert "input" not in answer.json()["detail"][0]


@pytest.mark.parametrize("body", [b"text=%FF", b"a=b", b"&" * 50, b"text"])
def test_malformed_forms_are_422(client: httpx.Client, body: bytes) -> None:
    """Forms are held to the same rules."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/report", content=body, headers=headers)
    # A percent escape that is not UTF-8 becomes a replacement character, as in every browser's form.
    assert answer.status_code == (200 if body == b"text=%FF" else 422)


def test_odd_texts_are_scored(client: httpx.Client, analyzer: Analyzer) -> None:
    """Empty, blank and control characters are texts like others."""
    for text in ("", " \n", "\x00\x07", "é" * 500, "“unpaired"):
        answer = client.post("/score", json={"text": text})
        assert (answer.status_code, answer.json()["text"]) == (200, text)


def test_wrong_paths_and_methods(client: httpx.Client) -> None:
    """The usual codes for the usual mistakes."""
    assert client.get("/score").status_code == 405
    assert client.get("/nothing").status_code == 404


def test_a_declared_oversize_is_413_at_once(server: _Server) -> None:
    """A body that says it is too large is refused before it is read."""
    status, seconds = raw(server, "POST /score HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 999999999\n\n")
    assert (status.split()[1], seconds < 0.9) == ("413", True)


def test_an_undeclared_oversize_is_413(client: httpx.Client) -> None:
    """A chunked body is refused as soon as it has grown too large."""

    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    # The server may close while the client still sends, which is a refusal too.
    with contextlib.suppress(httpx.WriteError):
        assert client.post("/score", content=endless()).status_code == 413


@pytest.mark.parametrize("pieces", [(), (b'{"te',) * 12])
def test_slow_bodies_are_408(server: _Server, pieces: tuple[bytes, ...]) -> None:
    """A body that stalls, or drips, is refused after the time limit, however long it would go on."""
    head = "POST /score HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 100\n\n"
    status, seconds = raw(server, head, *pieces, pause=0.15)
    assert status.split()[1] == "408"
    assert 0.9 < seconds < 6


def test_slow_clients_keep_nobody_waiting(server: _Server, client: httpx.Client) -> None:
    """While twenty clients stall, an honest one is answered."""
    head = b"POST /score HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n"
    stalled = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
    try:
        for connection in stalled:
            connection.sendall(head)
        assert client.post("/score", json={"text": TEXT}).status_code == 200
    finally:
        for connection in stalled:
            connection.close()


class _Slow(Analyzer):
    """An analyzer that takes its time."""

    def analyze(self, article: str | Article):
        time.sleep(0.6)
        return super().analyze(article)


def test_slow_answers_and_crowds_are_503() -> None:
    """An answer beyond the time limit is 503, and so is a request beyond those that may wait."""
    limits = ServeLimits(score_seconds=0.2, workers=1, waiting=1)
    with _Server(create_app(_Slow(None), limits)) as slow, ThreadPoolExecutor(6) as pool:
        begin = time.monotonic()
        codes = list(
            pool.map(lambda _: httpx.post(f"{slow.url}/score", json={"text": "A."}, trust_env=False), range(6))
        )
        assert {answer.status_code for answer in codes} == {503}
        assert any("too many" in answer.json()["detail"] for answer in codes)
        assert time.monotonic() - begin < 8
        assert httpx.get(f"{slow.url}/health", trust_env=False).status_code == 200


class _Stuck(Analyzer):
    """An analyzer that answers when it is let go, and counts how many scorings run at a time."""

    def __init__(self) -> None:
        super().__init__(None)
        self.go = threading.Event()
        self.running, self.most = 0, 0
        self._lock = threading.Lock()

    def analyze(self, article: str | Article):
        with self._lock:
            self.running += 1
            self.most = max(self.most, self.running)
        self.go.wait(20)
        with self._lock:
            self.running -= 1
        return super().analyze(article)


def test_scoring_that_took_too_long_keeps_its_place() -> None:
    """Requests that time out leave no more threads behind than there are workers; full is 503 with a time to retry."""
    stuck = _Stuck()
    limits = ServeLimits(score_seconds=0.1, workers=2, waiting=0)
    with _Server(create_app(stuck, limits)) as running:
        url = f"{running.url}/score"
        answers = [httpx.post(url, json={"text": "A."}, trust_env=False) for _ in range(8)]
        assert {answer.status_code for answer in answers} == {503}
        assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
        assert [answer.json()["detail"].split()[0] for answer in answers] == ["no"] * 2 + ["too"] * 6
        assert (stuck.running, stuck.most) == (2, 2)
        stuck.go.set()
        for _ in range(100):
            if httpx.post(url, json={"text": "A."}, trust_env=False).status_code == 200:
                break
            time.sleep(0.05)
        else:
            pytest.fail("the places were not given back")


def test_what_timed_out_while_it_waited_never_begins() -> None:
    """A request that waits beyond its time is dropped from the queue."""
    stuck = _Stuck()
    with _Server(create_app(stuck, ServeLimits(score_seconds=0.1, workers=1, waiting=5))) as running:
        answers = [httpx.post(f"{running.url}/score", json={"text": "A."}, trust_env=False) for _ in range(4)]
        # Each of the three behind the stuck one gave its place back at once.
        assert [answer.json()["detail"].split()[0] for answer in answers] == ["no"] * 4
        assert stuck.running == 1
        stuck.go.set()
        time.sleep(0.1)
        assert (stuck.running, stuck.most) == (0, 1)


def test_the_command_listens_on_loopback_and_knows_its_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """By default only this machine is served, and only under its own names."""
    started = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: started.update(options, app=app))
    done = CliRunner().invoke(command, ["--model", "none"])
    assert done.exit_code == 0, done.output
    assert started["host"] == "127.0.0.1"
    with _Server(started["app"]) as running:
        assert httpx.get(f"{running.url}/health", trust_env=False).status_code == 200
        rebound = httpx.get(f"{running.url}/health", headers={"Host": "evil.example"}, trust_env=False)
        assert rebound.status_code == 400
    warned = CliRunner().invoke(command, ["--model", "none", "--host", "0.0.0.0"])  # noqa: S104 - what is warned of
    assert "no password" in warned.stderr


def test_without_the_extra_the_message_names_the_pip_line(monkeypatch: pytest.MonkeyPatch, analyzer: Analyzer) -> None:
    """A missing FastAPI is said with its remedy."""
    monkeypatch.setitem(__import__("sys").modules, "fastapi", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'framelens\[serve\]'"):
        create_app(analyzer)
