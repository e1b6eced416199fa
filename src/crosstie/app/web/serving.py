"""Run the application until it is told to stop."""

import socket
import threading
from contextlib import suppress

import uvicorn

from crosstie.app.web.application import make_application
from crosstie.app.web.settings import WebSettings
from crosstie.ontology.errors import CrosstieError, UsageError
from crosstie.workspace import Workspace


def serve(settings: WebSettings) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises UsageError where the port is taken or it is unsafe."""
    settings.check()
    _check_port(settings)
    workspace = Workspace.open(settings.workspace, create=False, settles=False)
    workspace.settle()
    application = make_application(settings, workspace)
    threading.Thread(target=_warm, args=(workspace,), daemon=True).start()
    uvicorn.run(
        application,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def _warm(workspace: Workspace) -> None:
    """Have what the pages need at hand before somebody waits for it: the index, the network."""
    with suppress(CrosstieError):
        workspace.browsing.offers("a")
        workspace.browsing.recent()
        for anchor in list(workspace.anchors())[:1]:
            workspace.portraits.of(anchor.id)


def _check_port(settings: WebSettings) -> None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise UsageError(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror})",
                remedy="choose another with --port, or stop what listens there",
            ) from error
