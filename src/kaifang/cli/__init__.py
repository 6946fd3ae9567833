"""The command line: kaifang up, world, call, buyer, clock, verify, ..."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import cyclopts
import msgspec
from cyclopts import Group, Parameter
from cyclopts.validators import Number, mutually_exclusive

from kaifang import __version__

from .home import DEFAULT, Home, Problem, Refused

app = cyclopts.App(
    name="kaifang", version=__version__, help="An open commerce platform that anyone can run.", help_format="plaintext"
)
app.default_parameter = Parameter(show_default=False)  # most are empty
buyer = cyclopts.App(name="buyer", help="What a consumer does with the wallet.")
app.command(buyer)
app.command("kaifang.cli.device:device", name="device", help="Simulated devices in a shop.")
app.command("kaifang.cli.docs:docs", name="docs", help="The documentation, which a platform serves at /docs.")
app.command("kaifang.cli.recipe:recipe", name="recipe", help="Recipes: what service providers compose.")
app.command("kaifang.cli.trigger:trigger", name="trigger")
app.command("kaifang.cli.listen:listen", name="listen")
app.command("kaifang.cli.logs:logs", name="logs")
app.command("kaifang.cli.sandbox:sandbox", name="sandbox", help="Sandboxes side by side.")
wufu = cyclopts.App(name="wufu", help="What anybody may check of draws and pools.")
app.command(wufu)

Where = Annotated[
    Path,
    Parameter(name="--home", show_default=True, help="The platform's folder; KAIFANG_HOME names another default."),
]
Json = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]
AppName = Annotated[
    str, Parameter(name="--app", show_default=True, help="The app: its name in the world, or its app_id.")
]
Name = Annotated[str, Parameter(help="A consumer's name in the world, as anna; or a number or logon id.")]
Either = Parameter(negative=(), group=Group(validator=mutually_exclusive, show=False))


def show(told: Any) -> None:
    """Print an answer as JSON."""
    print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())


@dataclass(frozen=True)
class Up:
    """How `kaifang up` starts."""

    host: Annotated[str, Parameter(show_default=True, help="The address to listen at.")] = "127.0.0.1"
    port: Annotated[
        list[int] | None,
        Parameter(consume_multiple=False, negative=(), validator=Number(gte=1, lte=65535),
                  help="The port to listen at; repeatable, 8888 if none is given."),
    ] = None  # fmt: skip
    database: Annotated[
        str, Parameter(help="postgresql://user@host/name instead of the embedded database; the home remembers it.")
    ] = ""
    world: Annotated[Path | None, Parameter(help="Another world to seed, in YAML.")] = None
    workers: Annotated[
        int,
        Parameter(validator=Number(gte=1), show_default=True, help="Processes that serve; PostgreSQL only."),
    ] = 1
    fronts: Annotated[
        int,
        Parameter(validator=Number(gte=0), show_default=True,
                  help="Processes that check and sign before the one that writes; on either database."),
    ] = 0  # fmt: skip
    production: Annotated[bool, Parameter(negative=(), help="No sandbox: no seeded world, public addresses only.")] = (
        False
    )
    private_targets: Annotated[
        bool | None, Parameter(help="Notify private addresses; if nothing is said, only a sandbox does.")
    ] = None
    keep_requests: Annotated[
        bool | None, Parameter(help="Keep the newest requests of each app for its log; only a sandbox keeps content.")
    ] = None
    mqtt: Annotated[
        str, Parameter(help="A port to hear devices at by MQTT, or a broker: mqtt://user:password@host.")
    ] = ""
    quiet: Annotated[bool, Parameter(negative=(), help="Print nothing.")] = False
    json: Annotated[bool, Parameter(negative=(), help="Print one line of JSON once it serves.")] = False
    as_worker: Annotated[bool, Parameter(negative=(), show=False)] = False
    as_front: Annotated[bool, Parameter(negative=(), show=False)] = False


@app.command
def up(*, home: Where = DEFAULT, options: Annotated[Up, Parameter(name="*")] = Up()) -> None:  # noqa: B008
    """Start a platform and serve until Ctrl-C.

    Example: kaifang up --port 8888 --port 80
    """
    from .seed import WORLD
    from .serve import Options, serve_platform

    serve_platform(
        Options(
            home=home,
            host=options.host,
            ports=tuple(options.port or [8888]),
            database=options.database or os.environ.get("KAIFANG_DATABASE") or Home(home).database(),
            world=options.world or WORLD,
            workers=options.workers,
            fronts=options.fronts,
            sandbox=not options.production,
            private_targets=options.private_targets,
            keep_requests=options.keep_requests,
            mqtt=options.mqtt or os.environ.get("KAIFANG_MQTT", ""),
            quiet=options.quiet,
            json=options.json,
            is_worker=options.as_worker,
            is_front=options.as_front,
        )  # fmt: skip
    )


@app.command
def world(*, home: Where = DEFAULT, json: Json = False) -> None:
    """Show who lives here: the gateway, apps with keys and certificates, consumers with balances.

    Example: kaifang world --json
    """
    from .paper import console
    from .world import read_world, world_table

    told = read_world(Home(home))
    show(told) if json else console().print(*world_table(told), sep="\n")


@app.command
def methods(*, json: Json = False) -> None:
    """List the live methods, one a line.

    Example: kaifang methods
    """
    from .world import live_methods

    found = live_methods()
    show(found) if json else print(*found, sep="\n")


@app.command(name="show")
def manual(name: Annotated[str, Parameter(help="A capability, or a method.")] = "", /, *, json: Json = False) -> None:
    """Explain a capability on one page, or one method; without a name, list the capabilities.

    Example: kaifang show agreement
    Example: kaifang show alipay.trade.refund
    """
    if json:
        from .described import described

        show(described(name))
    else:
        from .manual import pages

        print(*pages(name), sep="\n")


@app.command
def call(
    method: Annotated[str, Parameter(help="One that `kaifang methods` lists.")],
    content: Annotated[str, Parameter(show_default=True, help="What it is asked, a JSON object.")] = "{}",
    /,
    *,
    app: Annotated[
        str, Parameter(show_default=True, help="The app that asks: its name in the world, or its app_id.")
    ] = "coffee",
    home: Where = DEFAULT,
    auth_token: Annotated[str, Parameter(help="The user for whom it asks.")] = "",
    app_auth_token: Annotated[str, Parameter(help="The merchant for whom a service provider asks.")] = "",
    notify_url: Annotated[str, Parameter(help="Where the app is notified.")] = "",
    return_url: Annotated[str, Parameter(help="Where a browser goes back to.")] = "",
) -> None:
    """Call any live method as an app, and print its answer, or where a page call leads.

    Example: kaifang call alipay.trade.query '{"out_trade_no": "A1"}' --app coffee
    """
    from .client import Client

    try:
        asked = msgspec.json.decode(content, type=dict[str, Any])
    except msgspec.DecodeError as problem:
        raise Problem(f"the content is not a JSON object: {problem}") from None
    common = {"auth_token": auth_token, "app_auth_token": app_auth_token}
    show(Client.of(Home(home), app).call(method, asked, notify_url=notify_url, return_url=return_url, **common))


@app.command
def demo(scenario: Literal["first", "supermarket"] = "first", /, *, home: Where = DEFAULT, json: Json = False) -> None:
    """Play a scenario against the running platform, with an unmodified SDK, and narrate it.

    Example: kaifang demo
    Example: kaifang demo supermarket
    """
    if scenario == "supermarket":
        from .supermarket import play
    else:
        from .demo import play
    told = play(Home(home), quiet=json)
    if json:
        show(told)


@app.command
def clock(
    *,
    to: Annotated[str, Parameter(help="A moment in Beijing time: 2027-01-31 08:00:00.")] = "",
    by: Annotated[str, Parameter(help="A length of time: 90s, 15m, 2h or 10d.")] = "",
    freeze: Annotated[bool, Either, Parameter(help="Let it stand still.")] = False,
    run: Annotated[bool, Either, Parameter(help="Let it run again.")] = False,
    home: Where = DEFAULT,
) -> None:
    """Show the platform's clock, or move it on; everything due on the way is done, in order.

    Example: kaifang clock --by 15m
    Example: kaifang clock --to "2027-01-01 00:00:00"
    """
    from .client import Client
    from .moving import shown

    client = Client.of(Home(home), "house")
    asked = {"to": to, "by": by, "stand": True if freeze else False if run else None}
    if to or by or freeze or run:
        with shown(client):
            client.call("kaifang.clock.move", {name: value for name, value in asked.items() if value not in ("", None)})
    show(client.call("kaifang.clock.read", {}))


@app.command
def doctor(trace: str = "", /, *, home: Where = DEFAULT, json: Json = False) -> None:
    """Explain why a call failed verification, by its trace_id, or a notification was not heard, by its notify_id.

    Without a number it lists the calls that failed lately.
    Example: kaifang doctor
    Example: kaifang doctor 1a229c960770062220009
    """
    from .doctor import explain, latest, latest_lines, lines

    told = explain(Home(home), trace) if trace else latest(Home(home))
    if json:
        show(told)
    else:
        print(*(lines(told) if trace else latest_lines(told)), sep="\n")


@app.command
def verify(
    *,
    home: Where = DEFAULT,
    database: Annotated[str, Parameter(help="postgresql://... instead of the home's own database.")] = "",
    json: Json = False,
) -> None:
    """Prove the books, offline: every entry sums to zero, the chain is whole, every balance follows.

    Example: kaifang verify
    """
    from .paper import busy
    from .world import prove

    with busy("reading the whole journal", not json):
        proof = prove(Home(home), database)
    if json:
        show(proof)
    elif proof.broken is None:
        print(f"whole: {proof.entries} entries, {proof.accounts} accounts, every asset sums to zero")
    else:
        print(f"BROKEN: {proof.broken}")
    sys.exit(0 if proof.broken is None else 1)


@buyer.command
def code(name: Name, /, *, home: Where = DEFAULT, json: Json = False) -> None:
    """Print a fresh pay code, good for one payment within a minute.

    Example: kaifang buyer code anna
    """
    from .buyer import Buyer

    made = Buyer(Home(home), name).code()
    show({"auth_code": made}) if json else print(made)


@buyer.command
def pay(
    name: Name,
    what: Annotated[str, Parameter(help="A trade number, a QR code's text, an order string or a cashier's address.")],
    /,
    *,
    channel: Annotated[str, Parameter(help="A bound card's card_id instead of the first channel offered.")] = "",
    home: Where = DEFAULT,
) -> None:
    """Pay a trade number, a QR code's text, an app's order string or a cashier's address.

    Example: kaifang buyer pay anna 2026113022001001000000000144
    """
    from .buyer import Buyer

    show(Buyer(Home(home), name).pay(what, channel))


@buyer.command
def confirm(name: Name, trade_no: str, /, *, home: Where = DEFAULT) -> None:
    """Confirm that the goods of a guaranteed trade have arrived.

    Example: kaifang buyer confirm anna 2026113022001001000000000144
    """
    from .buyer import Buyer

    show(Buyer(Home(home), name).confirm(trade_no))


@buyer.command
def approve(
    name: Name, url: Annotated[str, Parameter(help="An authorisation page's.")], /, *, home: Where = DEFAULT,
    json: Json = False,
) -> None:  # fmt: skip
    """Consent on an authorisation page; prints the address that the browser goes back to.

    Example: kaifang buyer approve anna "http://127.0.0.1:8888/oauth2/publicAppAuthorize.htm?app_id=2021010000000025"
    """
    from .buyer import Buyer

    back = Buyer(Home(home), name).approve(url)
    show({"redirect_uri": back}) if json else print(back)


@wufu.command(name="verify")
def verify_chance(
    campaign_id: str,
    /,
    *,
    at: Annotated[str, Parameter(help="A platform's address instead of the one that runs at home.")] = "",
    home: Where = DEFAULT,
    json: Json = False,
) -> None:
    """Draw and split again what a campaign drew and split, from what is public; exit code 1 if anything differs.

    Example: kaifang wufu verify 2026113000000001000000000201
    """
    from .fair import public, verify

    url = at.rstrip("/") or Home(home).running().url
    found = list(verify(public(url, campaign_id)))
    if json:
        show([{"holds": good, "what": what} for good, what in found])
    else:
        print(*(f"{'ok' if good else 'NO'}  {what}" for good, what in found), sep="\n")
    sys.exit(0 if all(good for good, _ in found) else 1)


@app.command
def completion(shell: Literal["bash", "zsh", "fish"], /) -> None:
    """Print what teaches a shell to complete the commands and their options.

    Example: kaifang completion bash > ~/.local/share/bash-completion/completions/kaifang
    Example: kaifang completion zsh > ~/.zfunc/_kaifang
    Example: kaifang completion fish > ~/.config/fish/completions/kaifang.fish
    """
    print(app.generate_completion(prog_name="kaifang", shell=shell))


def main(words: Iterable[str] | None = None) -> None:
    """Run the command line; what goes wrong is said in one line, with exit code 1; what is mistyped has exit code 2."""
    try:
        try:
            app(words if words is None else list(words))
        finally:
            sys.stdout.flush()
    except Refused as refusal:
        show(refusal.told)
        sys.exit(1)
    except Problem as problem:
        print(f"kaifang: {problem}", file=sys.stderr)
        sys.exit(1)
    except (PermissionError, NotADirectoryError) as problem:
        print(f"kaifang: {problem.filename}: {problem.strerror}; name another --home", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it of whoever was interrupted
    except BrokenPipeError:  # whoever reads us has had enough, as in `kaifang world --json | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
