"""A web site on loopback that answers as it is told, well or badly, and remembers who asked."""

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site:
    """A running site. `answers` maps a path to what answers it; `asked` holds each request."""

    def __init__(self, server):
        self._server = server
        self.answers: dict[str, Callable] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    def url(self, path="/"):
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def paths(self):
        return [path for path, _ in self.asked]

    def serve(self, path, body, **options):
        """Answer a path well: with its length, and with what `options` say."""
        self.answers[path] = good(body, **options)
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        answer = site.answers.get(self.path, missing)
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format, *args):
        pass

    def reply(self, status, body=b"", **headers):
        """Send an answer; header names are written with _ for -."""
        self.send_response(status)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names.setdefault("Content-Length", str(len(body)))
        for name, value in names.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self):
        """Break the connection off, as a cable does."""
        self.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()

    def hang_up(self):
        """Close the connection in good order, too early."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


@contextmanager
def running():
    """Run a site until the end of the block."""
    server = _Server(("127.0.0.1", 0), _Handler)
    site = server.site = Site(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        server.server_close()


# What a site may answer ------------------------------------------------------------------------


def good(body, *, media="text/csv", etag=None, modified=None, ranges=True, **headers):
    """Answer with a body; conditional and partial requests as the standard has them."""

    def answer(request):
        asked = {k.lower(): v for k, v in request.headers.items()}
        extra = {"Content_Type": media, "ETag": etag, "Last_Modified": modified, **headers}
        fresh = (etag and asked.get("if-none-match") == etag) or (
            modified and not etag and asked.get("if-modified-since") == modified
        )
        if fresh:
            request.reply(304, ETag=etag, Last_Modified=modified, Content_Length=None)
            return
        wanted = asked.get("range", "")
        if ranges and wanted and asked.get("if-range") in (etag, modified):
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            told = f"bytes {start}-{len(body) - 1}/{len(body)}"
            request.reply(206, body[start:], Content_Range=told, **extra)
            return
        request.reply(200, body, **extra)

    return answer


def missing(request):
    request.reply(404, b"no such page")


def status(code, body=b"", **headers):
    return lambda request: request.reply(code, body, **headers)


def redirect(place, code=302):
    return lambda request: request.reply(code, Location=place)


def in_turn(*answers):
    """Answer each time with the next; the last one from then on."""
    left = list(answers)

    def answer(request):
        (left.pop(0) if len(left) > 1 else left[0])(request)

    return answer


def breaking_off(body, at, *, how="reset", chunked=False, **headers):
    """Send a part of what the length promises, then break off: `reset` or `hang_up`."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/csv")
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if chunked:
            request.send_header("Transfer-Encoding", "chunked")
        else:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        part = body[:at]
        request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
        getattr(request, how)()

    return answer


def without_length(body, **headers):
    """Send a body that ends when the connection does: nobody can tell whether it is whole."""

    def answer(request):
        request.send_response(200)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(body)
        request.hang_up()

    return answer


def silent(request):
    """Never answer, until the site is taken down."""
    request.server.site.stopping.wait(30)
    request.close_connection = True


def dripping(body, pause=0.02):
    """Send a body byte by byte."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/csv")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        for place in range(len(body)):
            request.wfile.write(body[place : place + 1])
            request.wfile.flush()
            if request.server.site.stopping.wait(pause):
                return

    return answer


def dripping_head(request):
    """Send the head of an answer byte by byte, with ever more headers."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        for byte in b"X-%d: y\r\n" % number:
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
            if request.server.site.stopping.wait(0.01):
                return
