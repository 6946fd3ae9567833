"""Sandboxes: homes side by side below one folder, copied from one that is prepared; a snapshot is one file."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from kaifang import __version__

from .home import BASE, CHOSEN, Home, Problem

NAME = re.compile("[a-z0-9][a-z0-9_-]{0,30}")
BOOKS, WORLD, MANIFEST = "platform.db", "world.json", "manifest.json"
KEPT = re.compile(rf"{WORLD}|{re.escape(BOOKS)}|keys/[a-z_]+\.(pem|crt)")  # what of a home is in a snapshot
LARGEST = 64 << 30  # bytes of one member: more is no snapshot


class Books(msgspec.Struct):
    """What the books come to: two homes with the same hash hold the same journal and balances."""

    entries: int
    hash: str  # SHA-256 over the end of each chain of the journal, and each account with its balance


class Manifest(msgspec.Struct):
    """What a snapshot says of itself."""

    kaifang: str  # version
    name: str  # of the sandbox
    taken: str  # when, UTC
    running: bool  # whether it was in use meanwhile
    books: Books
    digest: str  # SHA-256 of the database's file


class Sandbox(msgspec.Struct):
    """A sandbox as it is listed."""

    name: str
    chosen: bool  # whether commands that name no home mean it
    url: str | None  # where it runs, if it does
    entries: int  # of its journal
    bytes: int  # on disk
    home: str


def root() -> Path:
    """Where sandboxes live."""
    return BASE.expanduser().absolute() / "sandboxes"


def folder_of(name: str) -> Path:
    """The home of a sandbox that is there."""
    folder = root() / checked(name)
    if not folder.is_dir():
        there = ", ".join(one.name for one in sandboxes()) or "none; make one with: kaifang sandbox new NAME"
        raise Problem(f"no sandbox is called {name}; there are {there}")
    return folder


def checked(name: str) -> str:
    """A name that a sandbox can have."""
    if not NAME.fullmatch(name):
        raise Problem(f"{name or 'nothing'} is no name of a sandbox: small letters, digits, - and _, at most 31")
    return name


def sandboxes() -> list[Sandbox]:
    """Every sandbox there is."""
    folders = sorted(one for one in root().iterdir() if NAME.fullmatch(one.name)) if root().is_dir() else []
    chosen = chosen_name()
    return [
        Sandbox(name=one.name, chosen=one.name == chosen, url=url_of(one), entries=books_of(one / BOOKS).entries,
                bytes=sum(file.stat().st_size for file in one.rglob("*") if file.is_file()), home=str(one))
        for one in folders
    ]  # fmt: skip


def chosen_name() -> str:
    """The sandbox that was switched to; empty: none."""
    with contextlib.suppress(OSError):
        return (BASE.expanduser() / CHOSEN).read_text("utf-8").strip()
    return ""


def choose(name: str) -> None:
    """Let commands that name no home mean this sandbox; without a name, the home that they meant before."""
    mark = BASE.expanduser() / CHOSEN
    if name:
        folder_of(name)
        mark.write_text(name, "utf-8")
    else:
        mark.unlink(missing_ok=True)


def url_of(folder: Path) -> str | None:
    """Where the platform of a home runs."""
    with contextlib.suppress(Problem):
        return Home(folder).running().url
    return None


def in_use(folder: Path) -> bool:
    """Whether a process writes the books of a home now: it holds the lock beside them."""
    try:
        lock = os.open(folder / f"{BOOKS}.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def refuse_use(folder: Path, deed: str) -> None:
    """Nobody takes a home away from the platform that runs there."""
    if in_use(folder):
        raise Problem(f"{folder.name} runs at {url_of(folder) or 'some port'}: stop it (Ctrl-C), then {deed}")


# Making and removing


def make(name: str) -> Path:
    """A new sandbox: a copy of the prepared home."""
    home = root() / checked(name)
    if home.exists():
        raise Problem(f"a sandbox is called {name} already; choose another name, or: kaifang sandbox remove {name}")
    with alone(), beside(home) as fresh:
        shutil.copytree(prepared(), fresh, dirs_exist_ok=True)
    return home


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """One after the other: nobody prepares a home, or takes an old one away, while others copy it."""
    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(root() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextlib.contextmanager
def beside(home: Path) -> Iterator[Path]:
    """A folder to fill, which takes its place when it is full; if anything goes wrong, nothing has changed."""
    root().mkdir(parents=True, exist_ok=True, mode=0o700)  # not made yet where a snapshot comes first
    fresh = Path(tempfile.mkdtemp(prefix=".making-", dir=root()))
    try:
        yield fresh
        if home.exists():
            discard(home)
        fresh.rename(home)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def discard(home: Path) -> None:
    """Take a home away at once, and then clear it up."""
    away = Path(tempfile.mkdtemp(prefix=".gone-", dir=root()))
    home.rename(away / "home")
    shutil.rmtree(away)


def remove(name: str) -> None:
    """Remove a sandbox that does not run."""
    home = folder_of(name)
    refuse_use(home, f"remove it: kaifang sandbox remove {name}")
    discard(home)
    if chosen_name() == name:
        choose("")


def prepared() -> Path:
    """The home that others are copied from, seeded once a day and for each state of the code."""
    home = root() / f".prepared-{fingerprint()}"
    if not home.is_dir():
        for old in root().glob(".prepared-*"):
            shutil.rmtree(old)
        with beside(home) as fresh:
            prepare(fresh)
    return home


def fingerprint() -> str:
    """What a prepared home depends on: today, as its world counts from now on, and the code's files."""
    seen = hashlib.sha256(f"{__version__} {time.strftime('%Y-%m-%d')}".encode())
    here = Path(__file__).parents[1]
    for folder, _, names in sorted(os.walk(here)):
        for name in sorted(names):
            if name.endswith((".py", ".yaml")):
                seen.update(f"{folder}/{name} {os.stat(os.path.join(folder, name)).st_mtime_ns}\n".encode())
    return seen.hexdigest()[:16]


def prepare(folder: Path) -> None:
    """Seed a world there, and leave nothing behind but the home."""
    from .serve import Options, open_platform

    platform, _, _ = open_platform(Options(home=folder))
    platform.store.engine.close()
    for name in (f"{BOOKS}.lock", f"{BOOKS}-wal", f"{BOOKS}-shm"):
        (folder / name).unlink(missing_ok=True)


# Snapshots


def take(home: Path, file: Path) -> Manifest:
    """Write a home into one file; a platform that runs there goes on, and the file holds one moment of it."""
    if Home(home).database():
        raise Problem(f"{home} keeps its books in PostgreSQL; take those with pg_dump, and copy the folder")
    if not (home / BOOKS).exists():
        raise Problem(f"there are no books in {home} yet; start the platform with: kaifang up")
    if file.exists():
        raise Problem(f"{file} is there already; name another one with --to")
    running = in_use(home)
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".snapshot-") as folder:
        books = Path(folder) / BOOKS
        copy_books(home / BOOKS, books)
        told = Manifest(
            kaifang=__version__, name=home.name, taken=time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()),
            running=running, books=books_of(books), digest=digest(books),
        )  # fmt: skip
        pack(Path(folder) / "whole", home, books, told)
        (Path(folder) / "whole").rename(file)
    return told


def copy_books(source: Path, target: Path) -> None:
    """A copy of a database as it is committed at one moment, whoever writes it."""
    there = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(there) as kept, contextlib.closing(sqlite3.connect(target)) as made:
        kept.backup(made)
        made.execute("pragma journal_mode = delete")


def pack(file: Path, home: Path, books: Path, told: Manifest) -> None:
    """One file of it all, which only its owner may read, as the keys are in it."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as whole:
            text = msgspec.json.encode(told)
            first = tarfile.TarInfo(MANIFEST)
            first.size = len(text)
            whole.addfile(first, io.BytesIO(text))
            for path in (home / WORLD, *sorted((home / "keys").iterdir())):
                whole.add(path, str(path.relative_to(home)), recursive=False)
            whole.add(books, BOOKS)
        out.flush()
        os.fsync(out.fileno())


def restore(file: Path, name: str = "", replace: bool = False) -> tuple[Path, Manifest]:
    """Make a sandbox out of a snapshot, and hold it against what the snapshot says of itself."""
    try:
        with tarfile.open(file, "r:gz") as whole:
            told = msgspec.json.decode(member(whole, MANIFEST), type=Manifest)
            home = root() / checked(name or told.name)
            if home.exists():
                refuse_use(home, "restore")
                if not replace:
                    raise Problem(f"a sandbox is called {home.name} already; name another one, or add --replace")
            with beside(home) as fresh:
                unpack(whole, fresh)
                hold_against(fresh, told)
    except (OSError, tarfile.TarError, EOFError, KeyError, msgspec.DecodeError) as problem:
        raise Problem(f"{file} is no snapshot that can be read: {problem}") from None
    return home, told


def member(whole: tarfile.TarFile, name: str) -> bytes:
    """A small member of a snapshot."""
    found = whole.extractfile(whole.getmember(name))
    return found.read(1 << 20) if found is not None else b""


def unpack(whole: tarfile.TarFile, folder: Path) -> None:
    """Take out of a snapshot what belongs to a home, and nothing else."""
    for one in whole:
        if one.name == MANIFEST:
            continue
        source = whole.extractfile(one) if one.isreg() else None
        if source is None or not KEPT.fullmatch(one.name) or one.size > LARGEST:
            raise Problem(f"{one.name[:100]} does not belong in a snapshot; nothing was restored")
        path = folder / one.name
        path.parent.mkdir(exist_ok=True, mode=0o700)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)


def hold_against(folder: Path, told: Manifest) -> None:
    """Whether what was unpacked is what was packed."""
    books = folder / BOOKS
    if not books.exists() or digest(books) != told.digest or books_of(books) != told.books:
        raise Problem("the snapshot is damaged: its books are not the ones that were taken; nothing was restored")


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def books_of(path: Path) -> Books:
    """What the books come to."""
    if not path.exists():
        return Books(entries=0, hash="")
    seen, entries = hashlib.sha256(), 0
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as books:
        for row in rows(books, "select id, entries, head from writer order by id"):
            seen.update(msgspec.json.encode(row))
            entries += row[1]
        for row in rows(books, "select id, balance from account order by id"):
            seen.update(msgspec.json.encode(row))
    return Books(entries=entries, hash=seen.hexdigest())


def rows(books: sqlite3.Connection, sql: str) -> Iterator[Any]:
    """What a question finds; nothing where there is no such table yet."""
    with contextlib.suppress(sqlite3.OperationalError):
        yield from books.execute(sql)
