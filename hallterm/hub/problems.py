"""Why a request is not taken: an HTTP status with a `Problem` that programs understand."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from hallterm.store.faults import StoreFaultError
from hallterm.wire import Problem

_log = logging.getLogger("hallterm.hub")

RETRY_SECONDS = 2
"""After which a terminal that was turned away for lack of room asks again."""

STATUS = {
    "gap": 409,
    "fork": 409,
    "epoch": 409,
    "device_unknown": 401,
    "device_revoked": 403,
    "device_other": 403,
    "stream_unknown": 403,
    "too_large": 413,
}
"""Problems that the home itself finds."""

_BY_STATUS = {404: "no_such_thing", 405: "method_wrong"}


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self,
        status: int,
        code: str,
        expected: Mapping[str, Any] | None = None,
        *,
        after_s: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.problem = Problem(code=code, expected=dict(expected or {}))
        self.after_s = after_s

    @property
    def response(self) -> Response:
        """What is sent."""
        headers = {} if self.after_s is None else {"Retry-After": str(self.after_s)}
        if self.status == 401:  # noqa: PLR2004 - RFC 9110 wants the header with it
            headers["WWW-Authenticate"] = "Bearer"
        return JSONResponse(self.problem.model_dump(), self.status, headers)


def told(problem: Problem) -> ProblemError:
    """Return a problem that the home found as the end of a request."""
    return ProblemError(STATUS.get(problem.code, 409), problem.code, problem.expected)


def busy(status: int = 503, code: str = "busy") -> ProblemError:
    """Return the end of a request for which there is no room now."""
    return ProblemError(status, code, after_s=RETRY_SECONDS)


def answer_problems(app: FastAPI) -> None:
    """Let every way in which a request can fail end in a `Problem`."""

    async def problem(_request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)  # noqa: S101 - what it was registered for
        return error.response

    async def malformed(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - see above
        # Where and of what kind only: what was sent may name a person.
        found = [{"where": list(one["loc"]), "kind": one["type"]} for one in error.errors()[:5]]
        return ProblemError(422, "malformed", {"found": found}).response

    async def other(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - see above
        status = error.status_code
        code = _BY_STATUS.get(status, "malformed")
        response = ProblemError(status, code).response
        response.headers.update(error.headers or {})
        return response

    async def fault(_request: Request, error: Exception) -> Response:
        assert isinstance(error, StoreFaultError)  # noqa: S101 - see above
        _log.error("the store failed", exc_info=error)
        return busy(code=error.code).response

    async def bug(_request: Request, error: Exception) -> Response:
        _log.error("a request failed", exc_info=error)
        return ProblemError(500, "fault").response

    app.add_exception_handler(Exception, bug)
    app.add_exception_handler(ProblemError, problem)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, other)
    app.add_exception_handler(StoreFaultError, fault)
