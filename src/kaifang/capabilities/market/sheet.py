"""Files of records: a CSV within a ZIP archive on the way in, a CSV on the way out."""

import csv
import io
import lzma
import zipfile
import zlib

from kaifang.kernel import Fault, Work

from .errors import FILE_CONTENT_ERROR, FILE_NOT_EXIST

LINES, LARGEST = 1000, 1024 * 1024
Lines = list[dict[str, str]]


def read(work: Work, file_id: str, columns: list[str]) -> Lines:
    """The lines of a file that the caller uploaded."""
    try:
        file = work.ask("kaifang.openapp.file.read", file_id=file_id)
    except Fault:
        raise FILE_NOT_EXIST(file_id=file_id) from None
    if file.app != work.caller.auth_app:
        raise FILE_NOT_EXIST(file_id=file_id)
    text = unpacked(file.content)
    if text is None:
        raise FILE_CONTENT_ERROR(file_id=file_id)
    try:
        reader = csv.DictReader(io.StringIO(text), restval="")
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise FILE_CONTENT_ERROR(file_id=file_id, missing=", ".join(missing))
        lines = [{name: line[name].strip() for name in columns} for line in reader]
    except csv.Error as problem:
        raise FILE_CONTENT_ERROR(file_id=file_id, reason=str(problem)) from None
    if not 0 < len(lines) <= LINES:
        raise FILE_CONTENT_ERROR(file_id=file_id, lines=len(lines))
    return lines


def unpacked(content: bytes) -> str | None:
    """The one CSV of an archive, unless it is none, or larger than is good."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            [entry] = archive.infolist()
            with archive.open(entry) as opened:
                found = opened.read(LARGEST + 1)
        good = len(found) <= LARGEST and b"\0" not in found  # PostgreSQL keeps no zeros, and would refuse the batch
        return found.decode("utf-8-sig") if good else None
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, ValueError, RuntimeError, EOFError):
        return None


def written(lines: list[tuple[str, ...]]) -> bytes:
    """A CSV that spreadsheets open as they should: what could be a formula is text."""
    out = io.StringIO()
    csv.writer(out).writerows([[f"'{one}" if one[:1] in "=+-@" and one else one for one in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")
