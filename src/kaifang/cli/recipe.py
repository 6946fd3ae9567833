"""`kaifang recipe`: writing, checking, publishing and installing recipes from the command line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table

import kaifang.capabilities
from kaifang.kernel.capability import discover

from . import DEFAULT, Json, Where, show
from .client import Client
from .home import Home, Problem

recipe = cyclopts.App(name="recipe", help="Recipes: what service providers compose, and merchants install.")
recipe.default_parameter = Parameter(show_default=False)
File = Annotated[Path, Parameter(help="The recipe's file, or the name of one that ships, as tea/second_cup.")]
NAME = re.compile("[a-z][a-z0-9_]{0,31}")
Title = Annotated[str, Parameter(help="The recipe's name.")]
Merchant = Annotated[str, Parameter(name="--app", show_default=True, help="The merchant's app, by its name.")]
By = Annotated[str, Parameter(show_default=True, help="The service provider's app, by its name.")]
Days = Annotated[int, Parameter(show_default=True, validator=Number(gte=1), help="How many days it looks back.")]
Filled = Annotated[
    list[str] | None, Parameter(name="--input", consume_multiple=False, negative=(), help="NAME=VALUE; repeatable.")
]
Which = Annotated[str, Parameter(help="Which version; the latest if nothing is said.")]
Yes = Annotated[bool, Parameter(negative=(), help="Allow all that is shown, without being asked.")]

SKELETON = """# yaml-language-server: $schema=recipe.schema.json
recipe: {name}
version: 1.0.0
industry: any
title: {{zh: 每笔谢一声, en: Thanks for each payment}}
about: {{zh: 顾客付款满额，返一点零钱，每天一次。, en: "Who pays enough gets a little back, once a day."}}
needs: [fund]
inputs:
  enough: {{kind: amount, says: {{zh: 满多少元, en: From how many yuan on}}, default: "10.00"}}
  back: {{kind: amount, says: {{zh: 返多少元, en: How many come back}}, default: "0.50", least: "0.10"}}
rules:
- rule: thank
  says: {{zh: 返现, en: Gives a little back}}
  on: trade.pay
  if: fen(event.amount) >= inputs.enough
  once: event.buyer + run.day
  do:
  - call: alipay.fund.trans.uni.transfer
    ask:
      out_biz_no: "{{{{run.id}}}}"
      trans_amount: "{{{{yuan(inputs.back)}}}}"
      product_code: TRANS_ACCOUNT_NO_PWD
      biz_scene: DIRECT_TRANSFER
      payee_info: {{identity: "{{{{event.buyer}}}}", identity_type: ALIPAY_USER_ID}}
    money: {{says: {{zh: 返给付款的顾客, en: To whoever paid}}, most: inputs.back}}
  figures: {{thanked: "1"}}
figures:
  thanked: {{says: {{zh: 返现次数, en: How often}}}}
"""
STORY = """story: Anna pays enough, and has a little back; the second time that day she has not.
zh: 安娜满额付款，返现一次。
app: coffee
steps:
- call: kaifang.recipe.publish
  as: helper
  ask: {{recipe: $recipe}}
- call: kaifang.recipe.install
  ask: {{recipe: {name}, permissions: [alipay.fund.trans.uni.transfer]}}
  answer: {{installation_id: $installation}}
- call: kaifang.fund.code.create
  as: wallet
  user: anna
  answer: {{auth_code: $first}}
- call: alipay.trade.pay
  ask: {{out_trade_no: t1, auth_code: $first, total_amount: "10.00", subject: 茶}}
- call: kaifang.fund.code.create
  as: wallet
  user: anna
  answer: {{auth_code: $second}}
- call: alipay.trade.pay
  ask: {{out_trade_no: t2, auth_code: $second, total_amount: "10.00", subject: 茶}}
- call: kaifang.recipe.figures
  ask: {{installation_id: $installation}}
  answer: {{figures: [{{figure: thanked, total: 1}}]}}
- call: kaifang.recipe.remove
  ask: {{installation_id: $installation}}
  answer: {{left: 0}}
"""


@recipe.command
def new(
    name: Title, /, *, folder: Annotated[Path, Parameter(help="Where to write it.")] = Path(), json: Json = False
) -> None:
    """Write a small recipe that works, with its story and the schema for your editor.

    Example: kaifang recipe new thanks; kaifang recipe check thanks.yaml
    """
    from .kitchen import SCHEMA_FILE, kitchen, schema_of

    path = folder / f"{name}.yaml"
    if not NAME.fullmatch(name):
        raise Problem(f"{name} is no name of a recipe: small letters, digits and _, at most 32")
    if path.exists():
        raise Problem(f"{path} is there already; choose another name")
    (folder / "stories").mkdir(parents=True, exist_ok=True)
    with kitchen() as made:
        (folder / SCHEMA_FILE).write_bytes(schema_of(made))
    path.write_text(SKELETON.format(name=name), "utf-8")
    (folder / "stories" / f"{name}.yaml").write_text(STORY.format(name=name), "utf-8")
    files = [str(path), f"stories/{name}.yaml", SCHEMA_FILE]
    show({"files": files}) if json else print(", ".join(files))


@recipe.command
def schema() -> None:
    """Print the JSON schema of recipes, for editors.

    Example: kaifang recipe schema
    """
    from .kitchen import kitchen, schema_of

    with kitchen() as made:
        print(schema_of(made).decode())


@recipe.command
def check(path: File, /, *, json: Json = False) -> None:
    """Check a recipe, and tell the stories beside it in a sandbox of their own.

    Example: kaifang recipe check thanks.yaml
    """
    from .kitchen import check_file, own_stories, recipe_file

    path = recipe_file(path)
    problems = check_file(path)
    told = 0 if problems else len(own_stories(path))
    if json:
        show({"file": str(path), "problems": [str(problem) for problem in problems], "stories": told})
    elif problems:
        print(*(f"{path}: {problem}" for problem in problems), sep="\n")
    else:
        print(f"{path}: sound; {told} {'story comes' if told == 1 else 'stories come'} true")
    sys.exit(1 if problems else 0)


@recipe.command
def publish(path: File, /, *, app: Annotated[By, Parameter(name="--app")] = "helper", home: Where = DEFAULT) -> None:
    """Publish a recipe, or the next version of it, as a service provider.

    Example: kaifang recipe publish tea/second_cup
    """
    from .kitchen import read_recipe

    show(Client.of(Home(home), app).call("kaifang.recipe.publish", {"recipe": read_recipe(path)}))


@recipe.command(name="list")
def published(*, home: Where = DEFAULT, json: Json = False) -> None:
    """List what merchants can install, and what ships for service providers to publish.

    Example: kaifang recipe list
    """
    told = Client.of(Home(home), "house").call("kaifang.recipe.list", {"page_size": 100})
    if json:
        show(told)
        return
    table = Table("recipe", "version", "what it is for", "of", title="Published")
    for one in told["recipes"]:
        table.add_row(one["recipe"], one["version"], one["about"]["en"], one["provider_name"])
    Console().print(table, f"What ships: {', '.join(told['shipped'])}", sep="\n")


@recipe.command
def install(
    name: Title, /, *, version: Which = "", inputs: Filled = None, yes: Yes = False, app: Merchant = "coffee",
    home: Where = DEFAULT, json: Json = False,
) -> None:  # fmt: skip
    """See what a recipe may do, what money it moves and what it costs; allow that, and install it.

    Example: kaifang recipe install second_cup --input "until=2027-01-31" --app coffee
    """
    from .kitchen import all_filled_in

    client = Client.of(Home(home), app)
    asked = {"recipe": name, "inputs": filled(inputs)} | ({"version": version} if version else {})
    looked = client.call("kaifang.recipe.look", asked)
    all_filled_in(looked)
    asked["permissions"] = agreed(looked, yes, json)
    show(client.call("kaifang.recipe.install", asked))


@recipe.command
def upgrade(
    name: Title, /, *, version: Which = "", inputs: Filled = None, yes: Yes = False, app: Merchant = "coffee",
    home: Where = DEFAULT, json: Json = False,
) -> None:  # fmt: skip
    """Go over to another version of a recipe with what was filled in before; what does not fit is named.

    Example: kaifang recipe upgrade second_cup --app coffee
    """
    client = Client.of(Home(home), app)
    before = installed(client, name)
    chosen = {"version": version} if version else {}
    again = before["inputs"] | filled(inputs)
    looked = client.call("kaifang.recipe.look", {"recipe": name, "inputs": again, **chosen})
    asked = {"installation_id": before["installation_id"], "inputs": filled(inputs), **chosen}
    asked["permissions"] = agreed(looked, yes, json)
    show(client.call("kaifang.recipe.upgrade", asked))


@recipe.command
def remove(name: Title, /, *, app: Merchant = "coffee", home: Where = DEFAULT) -> None:
    """Remove a recipe: what it set up is undone.

    Example: kaifang recipe remove second_cup --app coffee
    """
    client = Client.of(Home(home), app)
    show(client.call("kaifang.recipe.remove", {"installation_id": installed(client, name)["installation_id"]}))


@recipe.command(name="try")
def rehearse(
    path: File, /, *, inputs: Filled = None, days: Days = 30, app: Merchant = "coffee", provider: By = "helper",
    json: Json = False, home: Where = DEFAULT,
) -> None:  # fmt: skip
    """Play a recipe against a twin of the platform, and see what it would have done lately.

    The twin is a copy, thrown away afterwards, in which people's names, numbers and addresses are replaced; nothing
    of it leaves this machine, and nobody is told anything. Balances and stocks are those of today.

    Example: kaifang recipe try thanks.yaml --app coffee --days 30
    """
    from kaifang.gateway.rehearsal.twin import Impossible, span, twin_of

    from .kitchen import all_filled_in, read_recipe

    discover(kaifang.capabilities)
    place = Home(home)
    apps = (Client.of(place, app).app["app_id"], Client.of(place, provider).app["app_id"])
    source = place.reader(place.database())
    try:
        with twin_of(source, apps, days) as (month, events, now):
            told = month.play(read_recipe(path), filled(inputs), events, now)
            told["span"] = span(now, days)
    except Impossible as problem:
        if problem.looked is not None:
            all_filled_in(problem.looked)
        raise Problem(str(problem)) from None
    finally:
        source.close()
    looked = told.pop("looked")
    if json:
        show(told)
    else:
        span_told = f"{told['span']}: {told['events']} events of the merchant"
        Console().print(*tables(looked), span_told, outcome(told), sep="\n")


def outcome(told: dict[str, Any]) -> Table:
    """What a recipe would have done."""
    table = Table("what", "how much")
    for group in ("runs", "refusals", "figures"):
        for name, count in told[group].items():
            table.add_row(f"{group}: {name}", str(count))
    table.add_row("the merchant's money, yuan", told["money"])
    if told["trouble"]:
        table.add_row("trouble", told["trouble"])
    return table


def installed(client: Client, name: str) -> dict[str, Any]:
    """The merchant's installation of a recipe."""
    told = client.call("kaifang.recipe.installation.list", {})["installations"]
    found = next((one for one in told if one["recipe"] == name), None)
    if found is None:
        raise Problem(f"{name} is not installed; there are: {', '.join(one['recipe'] for one in told) or 'none'}")
    return found


def filled(inputs: list[str] | None) -> dict[str, Any]:
    """What was filled in: text, or true and false."""
    words: dict[str, Any] = {"true": True, "false": False}
    pairs = [one.partition("=") for one in inputs or []]
    return {name: words.get(value, value) for name, _, value in pairs}


def agreed(looked: dict[str, Any], yes: bool, json: bool) -> list[str]:
    """The permissions of a recipe, if whoever is at the terminal allows them."""
    if json and not yes:
        raise Problem("--json asks nobody, and nothing was done; --yes allows all that `kaifang recipe install` shows")
    if json:
        return [one["call"] for one in looked["permissions"]]
    Console().print(*tables(looked), sep="\n")
    try:
        allowed = yes or Confirm.ask("Allow this, and nothing else?")
    except EOFError:
        raise Problem("nobody answered, and nothing was done; --yes allows all that is shown") from None
    if not allowed:
        raise Problem("nothing was allowed, and nothing was done")
    return [one["call"] for one in looked["permissions"]]


def tables(looked: dict[str, Any]) -> list[Table]:
    """What a merchant is shown before a recipe is installed."""
    may = Table("method", "what it does", title=f"{looked['title']['en']}: it may, in your name")
    for one in looked["permissions"]:
        may.add_row(one["call"], one["says"])
    flows = Table("rule", "money of yours that it may move", "yuan a time, at most", "a day", title="Flows of money")
    for one in looked["flows"]:
        flows.add_row(one["rule"] or "set-up", one["says"]["en"], one.get("most", "?"), one.get("a_day", ""))
    costs = Table("rule", "what the service provider takes of a run that is done", title="Costs")
    for one in looked["costs"]:
        costs.add_row(one["rule"], f"{one['each']} yuan" if "each" in one else f"{one['percent']}% of {one['of']}")
    return [one for one in (may, flows, costs) if one.row_count]
