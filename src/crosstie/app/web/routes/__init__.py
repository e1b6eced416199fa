"""The pages and the JSON side, a module for each part of the application."""

from fastapi import APIRouter

from crosstie.app.web.routes import (
    cases,
    documents,
    entities,
    framework,
    graph,
    home,
    map,
    reconcile,
    review,
    screening,
    series,
    sources,
)

ROUTERS: tuple[APIRouter, ...] = (
    home.router,
    home.api,
    entities.router,
    entities.api,
    documents.router,
    documents.api,
    sources.router,
    sources.api,
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
    series.router,
    series.api,
    review.router,
    review.api,
    reconcile.api,
)
