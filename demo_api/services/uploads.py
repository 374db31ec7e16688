"""Uploads: files of strangers, kept in one folder that they cannot leave, fill or name.

Each file has two: `ID.bin` is what was sent, `ID.json` what is known of it. The second is written last: a file without
it is not there.
"""

import unicodedata
import uuid
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from demo_api.errors import ConflictError, NotFoundError, TooLargeError
from demo_api.models.types import now
from demo_api.models.upload import Upload
from demo_api.settings import Settings

LARGEST_FILE = 1_000_000
MOST_FILES = 50
CHUNK = 64 * 1024


def upload_folder(settings: Settings) -> Path:
    """Return the folder for uploads: the one of the settings, or one beside the database."""
    if settings.upload_folder is not None:
        return settings.upload_folder
    url = make_url(settings.database_url)
    if not url.drivername.startswith("sqlite") or not url.database:
        return Path("demo-uploads")
    return Path(url.database).with_suffix(".uploads")


def check_size(size: int | None, name: str | None) -> None:
    """Refuse a file that is too large.

    Raises:
        TooLargeError: it is larger than the shop takes.
    """
    if (size or 0) > LARGEST_FILE:
        called = f"The file {plain_name(name)!r}" if name else "The file"
        raise TooLargeError(f"{called} has {size} bytes. The shop takes at most {LARGEST_FILE}.")


def keep(folder: Path, source: IO[bytes], *, name: str | None, content_type: str | None, note: str = "") -> Upload:
    """Store what is in `source`, a chunk at a time, so that a large file never is in memory as a whole.

    Raises:
        ConflictError: the folder is full.
        TooLargeError: the file is larger than the shop takes; nothing of it stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.bin"))) >= MOST_FILES:
        raise ConflictError(f"The shop keeps {MOST_FILES} files at most. Delete one first.")
    # Never the client's name as a path: `../../main.py` is a name too, and the second `photo.jpg` would be the first.
    upload_id = uuid.uuid4().hex
    target = folder / f"{upload_id}.bin"
    try:
        with target.open("xb") as file:
            while chunk := source.read(CHUNK):
                file.write(chunk)
                check_size(file.tell(), name)
            size = file.tell()
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    upload = Upload(
        id=upload_id,
        name=plain_name(name),
        content_type=(content_type or "application/octet-stream")[:100],
        size=size,
        note=note,
        created_at=now(),
    )
    (folder / f"{upload_id}.json").write_text(upload.model_dump_json(), "utf-8")
    return upload


def list_uploads(folder: Path) -> list[Upload]:
    """Return what the shop keeps, the oldest first."""
    uploads = [_read(path) for path in folder.glob("*.json")]
    return sorted((upload for upload in uploads if upload), key=lambda upload: (upload.created_at, upload.id))


def get_upload(folder: Path, upload_id: str) -> tuple[Upload, Path]:
    """Return what is known of a file, and where it is.

    Raises:
        NotFoundError: there is none with this id.
    """
    upload, path = _read(folder / f"{upload_id}.json"), folder / f"{upload_id}.bin"
    if upload is None or not path.is_file():
        raise NotFoundError(f"There is no file {upload_id}.")
    return upload, path


def remove(folder: Path, upload_id: str) -> None:
    """Delete a file.

    Raises:
        NotFoundError: there is none with this id.
    """
    get_upload(folder, upload_id)
    (folder / f"{upload_id}.json").unlink(missing_ok=True)
    (folder / f"{upload_id}.bin").unlink(missing_ok=True)


def plain_name(name: str | None) -> str:
    """Return a name that is safe to show and to offer: no folders, nothing invisible, not too long."""
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    visible = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    return visible[-100:] if visible.strip(".") else "unnamed"


def _read(path: Path) -> Upload | None:
    try:
        return Upload.model_validate_json(path.read_bytes())
    except (OSError, ValueError):  # another request deleted it meanwhile, or somebody put another file here
        return None
