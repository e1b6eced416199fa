"""`crosstie serve`: the web application on this machine."""

import os
from typing import Annotated

import typer

from crosstie.app.cli.session import current

_EXAMPLE = "Example: crosstie serve --port 8400 · then open http://127.0.0.1:8400"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("serve", epilog=_EXAMPLE)(serve)


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; any but this machine needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port.")] = 8400,
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", help="Another host name by which the pages are reached."),
    ] = None,
    uploads: Annotated[
        int, typer.Option("--uploads-per-minute", min=1, help="Uploads from one address.")
    ] = 20,
    searches: Annotated[
        int, typer.Option("--searches-per-minute", min=1, help="Searches from one address.")
    ] = 600,
) -> None:
    """Serve the workspace as web pages on this machine, until Ctrl-C.

    For others, set CROSSTIE_TOKEN to a secret of 16 characters or more, and put a proxy with TLS
    in front.
    """
    # Loading the web application takes longer than most commands run.
    from crosstie.app.web.serving import serve as run
    from crosstie.app.web.settings import WebSettings

    session = current(context)
    settings = WebSettings(
        workspace=session.path,
        host=host,
        port=port,
        token=os.environ.get("CROSSTIE_TOKEN", ""),
        origins=tuple(origin or ()),
        uploads_per_minute=uploads,
        searches_per_minute=searches,
    )
    settings.check()
    shown = f"[{host}]" if ":" in host else host
    session.say(f"serving {session.path} on http://{shown}:{port} (Ctrl-C stops it)")
    run(settings)
