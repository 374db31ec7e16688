"""Chapter 21, Static files: files that are sent as they are."""

import mimetypes
from pathlib import Path
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.requests import Request
from fastapi.staticfiles import StaticFiles

from demo_api.models.asset import StaticFile

TAG = "Static files"
DESCRIPTION = """Files that are sent as they are, such as pictures and style sheets.

They are at [/static/](/static/), and not in this list: a mounted folder is no operation."""

FOLDER: Final = Path(__file__).parents[1] / "static"

router = APIRouter(tags=[TAG])


def mount(app: FastAPI) -> None:
    """Hang the folder into `app`: whatever begins with `/static` goes there, and no route of ours is asked.

    `html=True` sends `index.html` for a folder. A file that is not there is a 404, which the folder *raises* and `app`
    answers: it is JSON, as for every unknown path.
    """
    app.mount("/static", StaticFiles(directory=FOLDER, html=True), name="static")


@router.get("/static-files", summary="List the static files")
def list_static_files(request: Request) -> list[StaticFile]:
    """Show what is in the folder, and the address of each file, which `url_path_for` works out from the mount's name.

    **Often wrong:** looking for `/static/style.css` in the documentation. Mounted folders and applications are not in
    it.
    """
    paths = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return [
        StaticFile(
            path=path.relative_to(FOLDER).as_posix(),
            url=request.app.url_path_for("static", path=path.relative_to(FOLDER).as_posix()),
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            size=path.stat().st_size,
        )
        for path in paths
    ]
