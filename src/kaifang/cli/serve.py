"""Running a platform: the parts put together, until somebody asks it to stop."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sys
from pathlib import Path

import msgspec

import kaifang.capabilities
from kaifang.gateway import identity
from kaifang.gateway.devices import Hearing, open_devices
from kaifang.gateway.door import Door
from kaifang.gateway.files import open_files
from kaifang.gateway.house import House, Settings
from kaifang.gateway.http import Limits, run, serve
from kaifang.gateway.notify import Notifier
from kaifang.kernel import Fault
from kaifang.kernel.back import Back
from kaifang.kernel.capability import discover
from kaifang.kernel.clock import wall
from kaifang.kernel.front import Front
from kaifang.kernel.platform import Platform
from kaifang.kernel.store import Broken
from kaifang.kernel.store.upgrade import WouldLose
from kaifang.surfaces.mount import mount

from .home import Home, Problem, Running
from .line import Line, reason
from .paper import busy
from .seed import HOUSE, WORLD, seed
from .workers import Crew, either

UPLOADS = {b"/gateway.do": 12 * 2**20, b"/v3/alipay/open/file/upload": 12 * 2**20}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a platform is started."""

    home: Path
    host: str = "127.0.0.1"
    ports: tuple[int, ...] = (8888,)
    database: str = ""
    world: Path = WORLD
    workers: int = 1
    fronts: int = 0
    sandbox: bool = True
    private_targets: bool | None = None  # whether private addresses may be notified; if it is not said, in a sandbox
    keep_requests: bool | None = None  # whether requests are kept for their apps; if it is not said, in a sandbox
    mqtt: str = ""  # a port to hear devices at by MQTT, or the address of a broker; empty: they come by HTTP only
    quiet: bool = False
    json: bool = False  # says by a line of JSON that it serves
    is_worker: bool = False  # one of several: shares its ports, and stops when its standard input ends
    is_front: bool = False  # a worker that has its writing done by whoever holds the other end of that input

    @property
    def settings(self) -> Settings:
        """How the gateway behaves."""
        keeps = self.sandbox if self.keep_requests is None else self.keep_requests
        return Settings(
            sandbox=self.sandbox, private_targets=self.private_targets, base_url=address(self), keeps_requests=keeps
        )


def open_platform(options: Options) -> tuple[Platform, identity.Identity, list[str]]:
    """The platform of this home, its database brought up to date and its world seeded; what was upgraded."""
    discover(kaifang.capabilities)
    home = Home(options.home)
    home.make()
    try:
        platform = Platform(home.engine(options.database))
        upgraded = platform.open()
    except (Broken, WouldLose) as problem:
        raise Problem(str(problem)) from None
    who = identity.take_up(home.keys, wall())
    with busy("seeding a world", not (options.quiet or home.world.exists())):
        settle(options, home, platform, who)
    return platform, who, upgraded


def settle(options: Options, home: Home, platform: Platform, who: identity.Identity) -> None:
    """Seed the world of a new home; a home and a database that do not belong together are found out."""
    if home.world.exists():
        if not certified(platform, alipay_cert_sn=who.sn):
            raise Problem(f"the world of {home.folder} is not in this database; name another --home for another one")
    elif certified(platform):
        raise Problem(
            f"this database holds a world whose keys are not in {home.folder}; name the --home that it was made with. "
            "If its making was cut off, remove that folder, empty the database, and start again"
        )
    else:
        seed(home, platform, who, options.world if options.sandbox else HOUSE)
    home.keeps(options.database)


def certified(platform: Platform, **which: str) -> bool:
    """Whether the database knows a certificate of the platform, or this one of them."""
    try:
        platform.read(lambda work: work.ask("alipay.open.app.alipaycert.download", **which))
    except Fault:
        return False
    return True


def serve_platform(options: Options) -> None:
    """Serve until a signal comes; with several workers or fronts, in as many processes."""
    if options.is_front:
        serve_as_front(options)
        return
    if options.mqtt.isdecimal() and options.workers > 1:
        raise Problem("several workers share a broker of their own: --mqtt mqtt://user:password@host")
    if options.fronts and options.workers > 1:
        raise Problem("either --workers, each of which writes, or --fronts before the one that does")
    if options.workers > 1:
        serve_in_processes(options)
        return
    platform, who, upgraded = open_platform(options)
    if options.fronts:
        run(serve_behind_fronts(options, platform, who, len(upgraded)))
    else:
        run(serve_here(options, platform, who, len(upgraded)))


async def serve_here(options: Options, platform: Platform | Front, who: identity.Identity, upgraded: int) -> None:
    """Serve in this process."""
    home = Home(options.home)
    house = House(platform, who, options.settings)
    door = Door(house)
    open_files(door)
    hearing = Hearing(house)
    open_devices(door, hearing)
    open_windows(door, home)
    notifier = Notifier(house)
    door.open_slow("/websocket", notifier.channel)
    collect_seldom()
    await platform.start()  # before the first request, so that none is answered by a clock that has moved meanwhile
    house.prepare()
    mqtt = "" if options.is_front else options.mqtt  # whoever writes hears them then
    line = Line(hearing, mqtt, options.host, shared=options.is_worker)
    try:
        await line.open()
        server = await serve(door, doors(options), Limits(body_bytes_under=UPLOADS), reuse_port=options.is_worker)
    except OSError as problem:
        raise cannot_listen(problem, options) from None
    else:
        await until_stopped(options, platform, upgraded)
        await server.drain()
    finally:
        await line.close()
        await notifier.close()
        await platform.stop()
        house.close()


def serve_as_front(options: Options) -> None:
    """Serve before another process, which does what changes anything."""
    discover(kaifang.capabilities)
    home = Home(options.home)
    front = Front(home.reader(options.database), socket.socket(fileno=sys.stdin.fileno()))
    run(serve_here(options, front, identity.take_up(home.keys, wall()), 0))


async def serve_behind_fronts(options: Options, platform: Platform, who: identity.Identity, upgraded: int) -> None:
    """Write for the fronts, keep them, and send what is owed."""
    house = House(platform, who, options.settings)
    back, notifier = Back(platform), Notifier(house)
    collect_seldom()
    await platform.start()
    line = Line(Hearing(house), options.mqtt, options.host)
    crew = Crew(command=worker(options, "--as-front"), environment=surroundings(options), doors=doors(options),
                size=options.fronts, join=back.add)  # fmt: skip
    try:
        await line.open()
        await crew.serve(lambda: started(options, upgraded))
    except OSError as problem:
        raise cannot_listen(problem, options) from None
    finally:
        await line.close()
        await notifier.close()
        await platform.stop()
        house.close()
    Home(options.home).stopped()


def collect_seldom() -> None:
    """Let the garbage collector look less often, and never at what has been loaded: hardly anything here is cyclic."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


async def until_stopped(options: Options, platform: Platform | Front, upgraded: int) -> None:
    """Let it be known that this process serves, until a signal comes or, for a worker, whoever keeps it is gone."""
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    if isinstance(platform, Front):
        await either(stopping.wait(), platform.left.wait())
        return
    if options.is_worker:
        loop.add_reader(sys.stdin, stopping.set)  # nothing is ever said there; it ends with its other end
        await stopping.wait()
        loop.remove_reader(sys.stdin)
        return
    started(options, upgraded)
    await stopping.wait()
    Home(options.home).stopped()


def started(options: Options, upgraded: int) -> None:
    """Let it be known that the platform runs, and how it is used."""
    home = Home(options.home)
    home.started(Running(pid=os.getpid(), url=address(options)))
    if options.json:
        told = {"url": address(options), "gateway_url": f"{address(options)}/gateway.do", "home": str(home.folder)}
        print(msgspec.json.encode(told).decode(), flush=True)
    elif not options.quiet:
        welcome(home, options, upgraded)


def doors(options: Options) -> list[tuple[str, int]]:
    """Where it listens."""
    return [(options.host, port) for port in options.ports]


def cannot_listen(problem: OSError, options: Options) -> Problem:
    """What to tell whoever starts it."""
    cure = "choose another --port or --host"
    if isinstance(problem, PermissionError):
        cure = "ports below 1024 are root's, unless: sysctl -w net.ipv4.ip_unprivileged_port_start=80"
    ports = ", ".join(map(str, options.ports))
    return Problem(f"cannot listen at port {ports} of {options.host}: {reason(problem)}; {cure}")


def open_windows(door: Door, home: Home) -> None:
    """Open the pages for people, as the wallet of this home's world; without a world there is no wallet."""
    if not home.world.exists():
        return
    told = home.read_world()
    wallet = next((app for app in told["apps"] if app["role"] == "wallet"), None)
    if wallet is not None:
        people = [(one["name"], one["logon_id"], "person") for one in told["consumers"]]
        people += [(one["name"], one["logon_id"], "merchant") for one in told["merchants"]]
        mount(door, wallet["app_id"], wallet["private_key_pkcs8"], people)


def serve_in_processes(options: Options) -> None:
    """Keep the workers until a signal comes; whoever dies is replaced."""
    if not options.database:
        raise Problem(
            "several workers need PostgreSQL: --database postgresql://... (SQLite has one writer, "
            "before which --fronts may stand)"
        )
    platform, _, upgraded = open_platform(options)
    platform.store.engine.close()
    crew = Crew(command=worker(options), environment=surroundings(options), doors=doors(options), size=options.workers)
    try:
        run(crew.serve(lambda: started(options, len(upgraded))))
    except OSError as problem:
        raise cannot_listen(problem, options) from None
    Home(options.home).stopped()


def worker(options: Options, *more: str) -> list[str]:
    """How a worker of this platform is started."""
    command = [sys.executable, "-m", "kaifang", "up", "--quiet", "--as-worker", *more, "--home", str(options.home)]
    command += ["--host", options.host, *(part for port in options.ports for part in ("--port", str(port)))]
    command += [] if options.sandbox else ["--production"]
    if options.private_targets is not None:
        command.append("--private-targets" if options.private_targets else "--no-private-targets")
    if options.keep_requests is not None:
        command.append("--keep-requests" if options.keep_requests else "--no-keep-requests")
    return command


def surroundings(options: Options) -> dict[str, str]:
    """The environment of a worker; database and broker are told there, because their addresses may say a password."""
    return os.environ | {"KAIFANG_DATABASE": options.database, "KAIFANG_MQTT": options.mqtt}


def address(options: Options) -> str:
    """Where browsers and SDKs find it; some of these take no address that names a port."""
    host, port = options.host, options.ports[0]
    return "http://" + (f"[{host}]" if ":" in host else host) + ("" if port == 80 else f":{port}")


def welcome(home: Home, options: Options, upgraded: int) -> None:
    """Say where everything is, and how a first payment is taken."""
    url, made = address(options), f" ({upgraded} tables made)" if upgraded else ""
    print(WELCOME.format(url=url, home=home.folder, upgraded=made), flush=True)
    apps = home.read_world()["apps"] if home.world.exists() else []
    coffee = next((app for app in apps if app["name"] == "coffee"), None)
    if coffee is not None:
        print(FIRST.format(app_id=coffee["app_id"], url=url), flush=True)


WELCOME = """Kaifang {url}/gateway.do (v2) and {url}/v3/ (v3)
home     {home}{upgraded}
pages    {url}/ (wallet)   {url}/console/   {url}/docs/
people   kaifang world          apps, keys and certificates: kaifang world --json
clock    kaifang clock --by 1d  books: kaifang verify   all commands: kaifang --help
demo     kaifang demo           and    kaifang demo supermarket
"""
FIRST = """A first payment, with the official protocol and a small SDK (pip install python-alipay-sdk):

    import json, subprocess
    from alipay import AliPay
    sh = lambda *a: subprocess.run(a, capture_output=True, text=True, check=True).stdout.strip()
    world = json.loads(sh("kaifang", "world", "--json"))
    coffee = next(a for a in world["apps"] if a["app_id"] == "{app_id}")
    alipay = AliPay(appid=coffee["app_id"], app_notify_url=None,
                    app_private_key_string=coffee["private_key_pkcs1_pem"],
                    alipay_public_key_string=coffee["platform_public_key_pem"])
    alipay._gateway = "{url}/gateway.do"
    code = sh("kaifang", "buyer", "code", "anna")
    print(alipay.api_alipay_trade_pay(out_trade_no="first-1", scene="bar_code", auth_code=code,
                                      subject="One coffee", total_amount="28.00"))

Stop with Ctrl-C.
"""
