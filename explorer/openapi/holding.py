"""Which ordinary operation tells what the server holds for the WebSockets of an endpoint."""

from __future__ import annotations

from collections.abc import Iterable

from explorer.openapi.operations import Operation


def holding_operation(operations: Iterable[Operation], endpoint: str) -> Operation | None:
    """Return the GET without required parameters whose path is the longest beginning of the path `endpoint`.

    Whole steps count: ``/ws/rooms`` fits ``/ws/rooms/{room}``. The root fits nothing; None when nothing fits.
    """
    steps = _steps(endpoint)
    fitting = [
        operation
        for operation in operations
        if operation.method == "GET"
        and _steps(operation.path)
        and steps[: len(_steps(operation.path))] == _steps(operation.path)
        and not any(parameter.required for parameter in operation.parameters)
    ]
    return max(fitting, key=lambda operation: len(_steps(operation.path)), default=None)


def _steps(path: str) -> list[str]:
    return [step for step in path.split("/") if step]
