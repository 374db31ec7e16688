"""Where the parts of an onion lie: rings around rings, the way through their middle, and the stages inside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize

# All in design pixels.
HEADING = 25
_SIDE, _SIDE_LEAST, _SIDES, _FEW = 56, 24, 280, 6  # with more rings than a few, their sides share so much
_TOP_LEAST = 20
_BOTTOM, _BOTTOM_LEAST = 11, 5
_END, _END_LEAST = 62, 46  # at both ends of the way
_OUTER_LEAST, _WAY_LEAST = 8, 50  # beside the way, and of the way outside of the rings, in which its ends are named
_EDGE = 8  # above and below the outermost ring
_CORE_WIDTH, _CORE_LEAST = 312, 210
_CORE_HEADING, _CORE_FOOT = 28, 8
_STAGE, _STAGE_GAP, _STAGE_SIDE = 26, 5, 11
_ZOOM_STEP = 0.02


@dataclass(frozen=True, slots=True)
class OnionShape:
    """The places, in pixels.

    Attributes:
        rings: outermost first.
        stages: inside the innermost ring.
        way_y: the height of the way in and out.
        start: where the way begins, at the left.
        end: where it ends, at the right.

    """

    rings: tuple[QRectF, ...]
    stages: tuple[QRectF, ...]
    way_y: float
    start: float
    end: float

    def ring_at(self, point: QPointF) -> int:
        """Return the innermost ring at a point; -1 for none."""
        return max((i for i, ring in enumerate(self.rings) if ring.contains(point)), default=-1)


def least_size(rings: int, stages: int, px: Callable[[float], int]) -> QSize:
    """Return the room in which nothing overlaps yet."""
    around = max(0, rings - 1)
    width = 2 * (px(_END_LEAST) + around * px(_SIDE_LEAST)) + px(_CORE_LEAST)
    return QSize(width, 2 * px(_EDGE) + around * px(_TOP_LEAST + _BOTTOM_LEAST) + _core_height(stages, px))


def wanted_size(rings: int, stages: int, px: Callable[[float], int]) -> QSize:
    """Return the room that lets everything have its usual distance."""
    around = max(0, rings - 1)
    width = 2 * (px(_END) + around * round(_usual_side(rings, px))) + px(_CORE_WIDTH)
    return QSize(width, 2 * px(_EDGE) + around * px(HEADING + _BOTTOM) + _core_height(stages, px))


def fitting_zoom(room: QSize, rings: int, stages: int, usual: float, least: float) -> float:
    """Return the largest zoom up to the usual one in which nothing overlaps, but none below the least."""
    zoom = usual
    while zoom > least:
        needed = least_size(rings, stages, partial(_scaled, zoom))
        if needed.width() <= room.width() and needed.height() <= room.height():
            return zoom
        zoom = round(zoom - _ZOOM_STEP, 2)
    return min(usual, least)


def _scaled(zoom: float, n: float) -> int:
    return int(n * zoom + 0.5)


def shape_onion(width: int, height: int, rings: int, stages: int, px: Callable[[float], int]) -> OnionShape:
    """Lay an onion out in so many pixels; in more than it wants it stays in the middle of the height."""
    if not rings:
        return OnionShape((), (), 0, 0, 0)
    around = rings - 1
    end = max(px(_END_LEAST), min(px(_END), round(width * _END / 1000)))
    inner = width - 2 * end
    side = min(_usual_side(rings, px), (inner - px(_CORE_WIDTH)) / 2 / around) if around else 0.0
    side = max(float(px(_SIDE_LEAST)), side)
    core = _core_height(stages, px)
    ease = _ease(height - 2 * px(_EDGE) - core, around, px)
    top = px(_TOP_LEAST) + ease * (px(HEADING) - px(_TOP_LEAST))
    bottom = px(_BOTTOM_LEAST) + ease * (px(_BOTTOM) - px(_BOTTOM_LEAST))
    whole = core + around * (top + bottom)
    above = max(float(px(_EDGE)), (height - whole) / 2)
    boxes = tuple(
        QRectF(end + i * side, above + i * top, inner - 2 * i * side, whole - i * (top + bottom)) for i in range(rings)
    )
    inside = boxes[-1]
    outer = max(px(_OUTER_LEAST), end - px(_WAY_LEAST))
    return OnionShape(
        rings=boxes,
        stages=tuple(_stage(inside, i, px) for i in range(stages)),
        way_y=inside.center().y(),
        start=outer,
        end=width - outer,
    )


def _usual_side(rings: int, px: Callable[[float], int]) -> float:
    return float(px(_SIDE)) if rings - 1 <= _FEW else max(float(px(_SIDE_LEAST)), px(_SIDES) / (rings - 1))


def _ease(room: float, around: int, px: Callable[[float], int]) -> float:
    """Return how far the rings may stand apart: 0 as close as can be, 1 as usual."""
    least, usual = around * px(_TOP_LEAST + _BOTTOM_LEAST), around * px(HEADING + _BOTTOM)
    return max(0.0, min(1.0, (room - least) / (usual - least))) if around else 1.0


def _core_height(stages: int, px: Callable[[float], int]) -> int:
    return px(_CORE_HEADING) + stages * px(_STAGE + _STAGE_GAP) + px(_CORE_FOOT)


def _stage(core: QRectF, number: int, px: Callable[[float], int]) -> QRectF:
    top = core.top() + px(_CORE_HEADING) + number * px(_STAGE + _STAGE_GAP)
    return QRectF(core.left() + px(_STAGE_SIDE), top, core.width() - 2 * px(_STAGE_SIDE), px(_STAGE))
