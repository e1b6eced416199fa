"""The pages and the JSON side, a module for each part of the application."""

from fastapi import APIRouter

from crosstie.app.web.routes import cases, framework, graph, home, map, review, screening

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    framework.router,
    framework.api,
    graph.router,
    graph.api,
    map.router,
    map.api,
    screening.router,
    screening.api,
    cases.router,
    cases.api,
    review.router,
    review.api,
)
