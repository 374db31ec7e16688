"""Chapter 11, Files: what clients send and fetch, without letting them choose where it goes or how large it gets."""

import hashlib
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile, status
from fastapi.responses import FileResponse
from starlette.formparsers import MultiPartParser

from demo_api.dependencies import SettingsDep
from demo_api.errors import BODY_ERRORS, CONFLICT, NOT_FOUND, Responses
from demo_api.models.upload import FileFacts, FilesFacts, Upload
from demo_api.services import shelf, uploads

TAG = "Files"
DESCRIPTION = "Files as `bytes` and as `UploadFile`, one and several, with limits, in a folder they cannot leave."

# The client says what it is and how it is called; the browser shall neither guess nor run it.
HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}

PLAIN: dict[str, Any] = {"content": {"text/plain": {"schema": {"type": "string"}}}}
FILE: Responses = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    206: {"description": "A part of the file, as the header `Range` asked for."},
    400: {"description": "The header `Range` cannot be read.", **PLAIN},
    416: {"description": "The file is not that long.", **PLAIN},
}

UploadId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="The shop's name for it.", examples=["0" * 32])]

# The limits are checked while the body comes in: no more than this is ever read. What the shop keeps is smaller still.
router = APIRouter(tags=[TAG], max_body_size=5_000_000, form_limits={"max_files": 10, "max_fields": 20})


def get_folder(settings: SettingsDep) -> FilePath:
    """Return the folder for uploads."""
    return uploads.upload_folder(settings)


FolderDep = Annotated[FilePath, Depends(get_folder)]


async def facts(file: UploadFile) -> FileFacts:
    """Read a file a chunk at a time, and say what it is."""
    digest = hashlib.sha256()
    while chunk := await file.read(uploads.CHUNK):
        digest.update(chunk)
    size = file.size or 0
    in_memory = size <= MultiPartParser.spool_max_size
    return FileFacts(
        name=file.filename,
        content_type=file.content_type,
        size=size,
        sha256=digest.hexdigest(),
        held_in="memory" if in_memory else "temporary file",
    )


@router.post("/uploads/bytes", summary="Send a file as bytes", responses=BODY_ERRORS, max_body_size=100_000)
async def inspect_bytes(
    file: Annotated[bytes, File(description="With the form around it at most 100000 bytes.")],
) -> FileFacts:
    """`bytes` with `File()` is the whole content in memory: short, and right for small files only.

    **Often wrong:** leaving out `File()`. `bytes` alone is a query parameter.
    """
    digest = hashlib.sha256(file).hexdigest()
    return FileFacts(name=None, content_type=None, size=len(file), sha256=digest, held_in="memory")


@router.post("/uploads/inspect", summary="Send a file as UploadFile", responses=BODY_ERRORS)
async def inspect_upload(file: Annotated[UploadFile, File(description="Any file.")]) -> FileFacts:
    """`UploadFile` has a name, a type, and methods to read it piece by piece. From 1 MB on it waits on the disk.

    **Often wrong:** `file.read()` of something large. It was spooled to the disk to spare the memory; that fetches it
    back.
    """
    return await facts(file)


@router.post("/uploads/several", summary="Send several files", responses=BODY_ERRORS, form_limits={"max_files": 5})
async def inspect_several(
    files: Annotated[
        list[UploadFile], File(description="One to five files.", json_schema_extra={"minItems": 1, "maxItems": 5})
    ],
) -> FilesFacts:
    """Take every part of the form that is called `files` into one list; `form_limits` says how many at most.

    **Often wrong:** calling the parts `files[0]` and `files[1]`. The name is the same for all.
    """
    found = [await facts(file) for file in files]
    return FilesFacts(files=found, total=sum(file.size for file in found))


@router.post("/uploads/optional", summary="Send a file, or none", responses=BODY_ERRORS)
async def inspect_optional(
    file: Annotated[UploadFile | None, File(description="May be left out.")] = None,
) -> FileFacts | None:
    """Make it optional with `| None` and a default, as everywhere.

    **Often wrong:** `if file.size` for "was it sent?". An empty file was sent, too.
    """
    return await facts(file) if file is not None else None


@router.post("/uploads", summary="Keep a file", status_code=status.HTTP_201_CREATED, responses=BODY_ERRORS | CONFLICT)
def keep_upload(
    folder: FolderDep,
    file: Annotated[UploadFile, File(description="At most 1000000 bytes.")],
    note: Annotated[str, Form(max_length=200, description="What it is.", examples=["The broken lamp"])] = "",
) -> Upload:
    """Take a file and fields in one form. The shop chooses the name in its folder, and says 413 when it is too large.

    **Often wrong:** `open(file.filename, "wb")`. The client chose that name: `../main.py`, for example.
    """
    uploads.check_size(file.size, file.filename)
    return uploads.keep(folder, file.file, name=file.filename, content_type=file.content_type, note=note)


@router.get("/uploads", summary="List the files")
def list_uploads(folder: FolderDep) -> list[Upload]:
    """Show what is known of each file. The folder appears with the first.

    **Often wrong:** listing the folder itself. It also holds what is just being written.
    """
    return uploads.list_uploads(folder)


@router.get("/uploads/{upload_id}", summary="Fetch a file", response_class=FileResponse, responses=NOT_FOUND | FILE)
def fetch_upload(upload_id: UploadId, folder: FolderDep) -> FileResponse:
    """`FileResponse` sends a file from the disk in pieces, with its length, and parts of it for the header `Range`.

    **Often wrong:** sending it back under the type the client gave. A page that somebody uploaded would run as yours.
    """
    upload, path = uploads.get_upload(folder, upload_id)
    return FileResponse(path, media_type="application/octet-stream", filename=upload.name, headers=HARMLESS)


@router.delete(
    "/uploads/{upload_id}", summary="Delete a file", status_code=status.HTTP_204_NO_CONTENT, responses=NOT_FOUND
)
def delete_upload(upload_id: UploadId, folder: FolderDep) -> None:
    """Delete the file, and what is known of it.

    **Often wrong:** building the path from the id without checking it. The pattern lets only 32 letters through.
    """
    uploads.remove(folder, upload_id)


@router.get("/shelf", summary="List the shelf")
def list_shelf() -> list[str]:
    """Show the texts that the shop lays out for everyone.

    **Often wrong:** `/shelf` and `/shelf/` taken for the same address. Here the second belongs to the route below.
    """
    return shelf.list_shelf()


@router.get(
    "/shelf/{file_path:path}",
    summary="Read from the shelf",
    response_class=FileResponse,
    responses=NOT_FOUND | FILE | {200: PLAIN},
)
def read_from_shelf(
    file_path: Annotated[
        str, Path(max_length=200, description="A path, slashes included.", examples=["lamps/reading-lamp.txt"])
    ],
) -> FileResponse:
    """Open a path that a client names. It is resolved first, and has to end up below the shelf.

    **Often wrong:** removing `../` from the text. `....//` becomes `../` by that, and `%2e%2e/` arrives as `../`.
    """
    return FileResponse(shelf.find_on_shelf(file_path), media_type="text/plain", headers=HARMLESS)
