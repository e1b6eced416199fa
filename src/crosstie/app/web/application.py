"""Make the application: the desk, the guard, the pages, the JSON side, the files beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from crosstie import __version__
from crosstie.app.web.assets import Assets
from crosstie.app.web.desk import Desk
from crosstie.app.web.drafts import Drafts
from crosstie.app.web.guarding import Guard
from crosstie.app.web.jobs import Jobs
from crosstie.app.web.problems import add_problem_handlers
from crosstie.app.web.routes import ROUTERS
from crosstie.app.web.settings import WebSettings
from crosstie.app.web.settling import Settling
from crosstie.app.web.taken_in import Reports
from crosstie.workspace import Workspace

STATIC = Path(__file__).parent / "static"
_GZIP_FROM = 1_000


def make_application(settings: WebSettings, workspace: Workspace) -> FastAPI:
    """Return the application on an open workspace. Raises UsageError for unsafe settings."""
    settings.check()

    @asynccontextmanager
    async def lifespan(application: FastAPI) -> AsyncIterator[None]:
        yield
        application.state.jobs.close()
        application.state.settling.close()
        workspace.close()

    application = FastAPI(
        title="Crosstie",
        version=__version__,
        summary="Ties between civilian organisations and defence establishments, with quotes.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    application.state.desk = Desk(workspace, readers=settings.readers)
    application.state.settings = settings
    application.state.jobs, application.state.drafts = Jobs(), Drafts()
    application.state.settling = Settling(workspace.settle)
    application.state.reports = Reports()
    add_problem_handlers(application)
    application.mount("/static", Assets(STATIC), name="static")
    for router in ROUTERS:
        application.include_router(router)
    application.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM)
    application.add_middleware(Guard, settings=settings)
    return application
