"""The hub's endpoints, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, PlainTextResponse, Response

import hallterm
from hallterm.hub import join_routes, snapshot_routes, sync_routes
from hallterm.hub.guard import Hub
from hallterm.hub.intake import Intake
from hallterm.hub.problems import ProblemError, answer_problems
from hallterm.hub.services import Services
from hallterm.joining import PROTOCOL, Health, PostHealth
from hallterm.wire import Problem, Push


def create_app(services: Services) -> FastAPI:
    """Return the hub as an ASGI application; it opens the store when it starts."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await services.start()
        try:
            yield
        finally:
            await services.stop()

    app = FastAPI(
        title="hallterm hub",
        version=hallterm.__version__,
        description="Orders what the terminals of a hall do. See docs/hub.md.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
    )
    app.state.services = services
    answer_problems(app)
    app.include_router(sync_routes.router)
    app.include_router(join_routes.router)
    app.include_router(snapshot_routes.router)
    _add_plain(app)
    app.add_middleware(Intake, now_ms=services.now_ms, answered=services.metrics.answered)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's own way
    return app


def _add_plain(app: FastAPI) -> None:
    @app.get("/v1/health", responses={503: {"model": Health}}, tags=["watch"])
    async def health(hub: Hub) -> Response:
        """Say whether the hub can do its work."""
        failing, post = hub.writer.failing, hub.post()
        told = Health(
            status="failing" if failing else "ok",
            protocol=PROTOCOL,
            epoch=hub.epoch,
            time_ms=hub.now_ms(),
            post=PostHealth(
                status="failing" if post.failing else "ok",
                waiting=post.waiting,
                asking=post.asking,
                unmatched=post.unmatched,
            ),
        )
        return JSONResponse(told.model_dump(), 503 if failing else 200)

    @app.get(
        "/metrics",
        response_class=PlainTextResponse,
        responses={403: {"model": Problem}},
        tags=["watch"],
    )
    async def metrics(request: Request, hub: Hub) -> Response:
        """Return the metrics, to whoever asks on this machine."""
        if not _from_here(request):
            raise ProblemError(403, "only_from_here")
        return PlainTextResponse(hub.metrics.text())


def _from_here(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _openapi(app: FastAPI) -> dict[str, object]:
    """Return the description of the endpoints, with the one model that is read by hand."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schema = Push.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas["Push"] = schema
        app.openapi_schema = made
    return app.openapi_schema
