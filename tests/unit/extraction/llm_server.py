"""A local server that speaks the chat-completions protocol, and answers as a test tells it to."""

import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """What the server sends: by default a completion whose message is `content`."""

    content: str | dict[str, Any] = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    delay: float = 0.0
    finish: str = "stop"
    tokens: tuple[int, int] | None = (100, 50)
    content_type: str = "application/json"

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        text = self.content if isinstance(self.content, str) else json.dumps(self.content)
        completion: dict[str, Any] = {
            "choices": [{"message": {"content": text}, "finish_reason": self.finish}]
        }
        if self.tokens:
            completion["usage"] = {
                "prompt_tokens": self.tokens[0],
                "completion_tokens": self.tokens[1],
            }
        return json.dumps(completion).encode()


@dataclass
class Server:
    """The server's address, the requests it got, and what it answers: a script or a function."""

    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    script: list[Reply] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], Reply] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, request: dict[str, Any], key: str | None) -> Reply:
        with self.lock:
            self.requests.append(request)
            self.keys.append(key)
            if self.answer is not None:
                return self.answer(request)
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def serving(*script: Reply, answer: Callable[[dict[str, Any]], Reply] | None = None):
    """Serve on a free port of the loopback; the last reply of the script is repeated."""
    server = Server(script=list(script), answer=answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            request = json.loads(self.rfile.read(length))
            reply = server.next(request, self.headers.get("authorization"))
            time.sleep(reply.delay)
            body = reply.body()
            try:
                self.send_response(reply.status)
                self.send_header("content-type", reply.content_type)
                self.send_header("content-length", str(len(body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


def tie(subject: str, kind: str, obj: str, quote: str, **values: Any) -> dict[str, Any]:
    """A tie as a model writes it; kinds of ends are given as `subject_kind`, `object_kind`."""
    ends = [values.pop(f"{end}_kind", "company") for end in ("subject", "object")]
    return {
        "subject": {"text": subject, "kind": ends[0]}, "kind": kind,
        "object": {"text": obj, "kind": ends[1]}, "quote": quote, **values,
    }  # fmt: skip


def reply(*ties: dict[str, Any], names: dict[str, str] | None = None, quantities: Any = ()) -> dict:
    """The JSON of a reply; names default to the ends of the ties."""
    found = {end["text"]: end["kind"] for t in ties for end in (t["subject"], t["object"])}
    named = found if names is None else names
    return {
        "entities": [{"text": text, "kind": kind} for text, kind in named.items()],
        "ties": list(ties),
        "quantities": list(quantities),
    }
