"""The site: which pages there are, and each of them as HTML, served by the platform or written to a folder."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kaifang.gateway import catalogue, codes
from kaifang.gateway.openapi.operations import IN_QUERY, address, path_names, takes_bytes
from kaifang.kernel.capability import capabilities
from kaifang.kernel.method import Method
from kaifang.kernel.shape import field_types

from . import coverage, guide
from .drawing import Drawing
from .example import example, fields
from .kinds import Reader
from .library import Library, Tale
from .snippet import Call, as_json, snippets

HERE = Path(__file__).parent
ROOT = "/docs/"
Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
SAID: dict[str, dict[str, str]] = yaml.safe_load(HERE.joinpath("words.yaml").read_text("utf-8"))
WORDS = {language: {name: said[language] for name, said in SAID.items()} for language in LANGUAGES}
LISTS = ("guides", "capabilities", "methods", "faults", "notifications", "stories", "coverage", "changelog")
TO_DOCS = re.compile(r'href="/docs/([^"#]*)')

Told = dict[str, Any]
Groups = dict[str, list[tuple[str, str, str]]]  # title -> address, name and sentence of each page


class Site:
    """All pages, by address; a link to one that there is not is a mistake of ours, and found when it is written."""

    def __init__(self, home: str = "http://127.0.0.1:8888", *, is_static: bool = False) -> None:
        self.home, self.is_static = home, is_static
        self.library = Library()
        self.pages: dict[str, Callable[[Language], Told]] = {"": self.front}
        self.pages |= {name: partial(self.contents, name) for name in LISTS}
        self.pages |= {"coverage": self.covered, "changelog": self.changelog, "notifications": self.notified}
        self.pages |= {f"guides/{one.name}": partial(self.guide, one.name) for one in guide.guides()}
        self.pages |= {f"capabilities/{name}": partial(self.capability, name) for name in self.library.folders}
        self.pages |= {f"methods/{name}": partial(self.method, one) for name, one in self.library.methods.items()}
        self.pages |= {f"faults/{code}": partial(self.fault, code) for code in self.library.faults}
        self.pages |= {tale.address: partial(self.story, tale) for tale in self.library.tales}

    def page(self, here: str, language: Language) -> str:
        """A page as HTML."""
        return self.html(here, language, self.pages[here](language))

    def missing(self, language: Language) -> str:
        """What is said where there is no page."""
        return self.html("", language, {"template": "missing.html", "title": WORDS[language]["missing"]})

    def html(self, here: str, language: Language, told: Told) -> str:
        """What a page tells, within its frame."""
        link = partial(self.link, here, language)
        told |= {
            "here": here, "language": language, "words": WORDS[language], "library": self.library, "lists": LISTS,
            "to": link, "asset": partial(self.asset, here, language), "ending": ".html" if self.is_static else "",
            "other": self.link(here, language, here, "zh" if language == "en" else "en"),
        }  # fmt: skip
        if "guide" in told:
            html = TO_DOCS.sub(lambda found: f'href="{link(found[1])}', told["guide"].html)
            told["text"] = Markup(html)
        return templates().get_template(told["template"]).render(told)

    def link(self, here: str, language: Language, there: str, other: Language | None = None) -> str:
        """How a page is led to from another one."""
        assert there in self.pages, f"{here} leads to {there}, which is no page"
        if not self.is_static:
            return ROOT + within(there, other or language)
        return relative(file_of(there, other or language), file_of(here, language))

    def asset(self, here: str, language: Language, name: str) -> str:
        """How a file that is no page is led to."""
        if name == "openapi.json" and not self.is_static:
            return "/openapi.json"
        return relative(name, file_of(here, language)) if self.is_static else ROOT + name

    # The pages

    def front(self, language: Language) -> Told:
        """What there is."""
        counts = {"methods": len(self.library.methods), "capabilities": len(self.library.folders),
                  "faults": len(self.library.faults), "stories": len(self.library.tales)}  # fmt: skip
        return {"template": "front.html", "title": "", "guides": guide.guides(language), "counts": counts,
                "folders": {name: self.entitled(name, language) for name in self.library.folders}}  # fmt: skip

    def entitled(self, folder: str, language: Language) -> tuple[str, str]:
        """The title and the sentence of a capability."""
        one = capabilities.get(folder)
        if one is None:
            return folder, self.library.home(folder)
        return (one.zh if language == "zh" else one.title), one.doc

    def contents(self, name: str, language: Language) -> Told:
        """All pages of a kind."""
        told = {"template": "contents.html", "title": WORDS[language][name]}
        return told | {"groups": getattr(self, f"all_{name}")(language)}

    def all_guides(self, language: Language) -> Groups:
        """Every guide."""
        return {"": [(f"guides/{one.name}", one.title, one.lead) for one in guide.guides(language)]}

    def all_capabilities(self, language: Language) -> Groups:
        """Every capability, and the parts of the gateway with methods."""
        titles = {name: self.entitled(name, language) for name in self.library.folders}
        return {"": [(f"capabilities/{name}", f"{title} ({name})", says) for name, (title, says) in titles.items()]}

    def all_methods(self, language: Language) -> Groups:
        """Every method, by capability."""
        return {
            self.entitled(folder, language)[0]: [(f"methods/{one.name}", one.name, first(one)) for one in mine]
            for folder, mine in self.library.folders.items()
        }

    def all_faults(self, language: Language) -> Groups:
        """Every code, by the word before its point."""
        found: Groups = {}
        for code, kinds in self.library.faults.items():
            said = kinds[0].zh if language == "zh" else kinds[0].en
            found.setdefault(code.partition(".")[0] if "." in code else "", []).append((f"faults/{code}", code, said))
        return dict(sorted(found.items()))

    def all_stories(self, language: Language) -> Groups:
        """Every story, by capability."""
        found: Groups = {}
        for tale in self.library.tales:
            title = self.entitled(tale.folder, language)[0]
            found.setdefault(title, []).append((tale.address, tale.name, said_of(tale, language)))
        return found

    def guide(self, name: str, language: Language) -> Told:
        """A guide."""
        one = guide.read(name, language)
        return {"template": "guide.html", "title": one.title, "guide": one, "guides": guide.guides(language)}

    def changelog(self, language: Language) -> Told:
        """What has changed."""
        return {"template": "guide.html", "title": WORDS[language]["changelog"], "guide": guide.changes(), "guides": []}

    def capability(self, folder: str, language: Language) -> Told:
        """A capability on one page."""
        title, says = self.entitled(folder, language)
        mine, one = self.library.folders[folder], capabilities.get(folder)
        codes_here = sorted({kind.code for method in mine for kind in self.library.refusals(method)})
        return {
            "template": "capability.html", "title": title, "says": says, "folder": folder, "methods": mine,
            "folders": [(f"capabilities/{name}", name) for name in self.library.folders],
            "needs": one.needs if one else (), "uses": one.uses if one else (),
            "machines": [(machine, Markup(Drawing(machine).svg())) for machine in self.library.machines(folder)],
            "events": self.library.events(folder), "faults": [self.library.faults[code][0] for code in codes_here],
            "stories": [(tale, said_of(tale, language)) for tale in self.library.tales if tale.folder == folder],
        }  # fmt: skip

    def method(self, method: Method, language: Language) -> Told:
        """A method on one page."""
        words, shown = WORDS[language], example(self.library, method)
        reader = Reader(self.library.schemas, words)
        verb, path = address(method.name)
        inside, files = path_names(path), [n for n, kind in field_types(method.ask).items() if takes_bytes(kind)]
        places = dict.fromkeys(inside, words["inside_path"]) | dict.fromkeys(files, words["inside_part"])
        if verb in IN_QUERY:
            places = dict.fromkeys(field_types(method.ask), words["inside_query"]) | places
        is_spoken = method.who.value != "device"
        told_by = {telling.tale.address: telling.tale for telling in self.library.tellings.get(method.name, ())}
        return {
            "template": "method.html", "title": method.name, "method": method, "says": first(method),
            "more": method.doc.partition("\n")[2].strip(),
            "verb": verb, "path": path, "is_spoken": is_spoken, "places": places if is_spoken else {},
            "asks": reader.of(method.ask),
            "answers": [(one, reader.of(one)) for one in method.answers],
            "example": shown, "snippets": self.written(method, fields(shown.ask)) if is_spoken else [],
            "refusals": [(kind, self.telling_of(method, kind.code)) for kind in self.library.refusals(method)],
            "stories": [(tale, said_of(tale, language)) for tale in told_by.values()],
            "mine": [(f"methods/{one.name}", one.name) for one in self.library.folders[method.capability]],
            "example_says": said_of(shown.tale, language) if shown.tale else "",
            "capability": self.entitled(method.capability, language)[0],
        }  # fmt: skip

    def written(self, method: Method, asked: dict[str, Any]) -> list[Any]:
        """Its example as programs."""
        return snippets(Call(method, asked, self.home, "YOUR_APP_ID"))

    def telling_of(self, method: Method, code: str) -> Tale | None:
        """The story that tells of a refusal."""
        tellings = self.library.tellings.get(method.name, ())
        return next((one.tale for one in tellings if one.step.fault == code), None)

    def fault(self, code: str, language: Language) -> Told:
        """A code, and all that it may mean."""
        kinds = [(kind, codes.v2_code(kind), codes.v3_status(kind)) for kind in self.library.faults[code]]
        raising = self.library.raising.get(code, [])
        return {"template": "fault.html", "title": code, "kinds": kinds, "v3": codes.v3_code(kinds[0][0]),
                "raising": [(one, self.telling_of(one, code)) for one in raising]}  # fmt: skip

    def story(self, tale: Tale, language: Language) -> Told:
        """A story as it stands in its file."""
        called = list(dict.fromkeys(step.call for step in tale.story.steps if step.call))
        text = Path(tale.story.path).read_text("utf-8")
        mine = [(one.address, one.name) for one in self.library.tales if one.folder == tale.folder]
        return {"template": "story.html", "title": said_of(tale, language), "tale": tale, "source": text,
                "called": called, "mine": mine}  # fmt: skip

    def notified(self, language: Language) -> Told:
        """What applications are told."""
        return {"template": "notifications.html", "title": WORDS[language]["notifications"]}

    def covered(self, language: Language) -> Told:
        """What is built and told."""
        rows = coverage.rows(self.library)
        return {"template": "coverage.html", "title": WORDS[language]["coverage"], "rows": rows,
                "total": coverage.total(rows), "known": len(catalogue.wire().methods),
                "titles": {row.folder: self.entitled(row.folder, language)[0] for row in rows}}  # fmt: skip

    def index(self) -> list[tuple[str, str, str, str]]:
        """What is searched as one types: address, name, and a sentence in both languages."""
        both = zip(guide.guides("en"), guide.guides("zh"), strict=True)
        found = [(f"guides/{en.name}", f"{en.title} {zh.title}", en.lead, zh.lead) for en, zh in both]
        for name in self.library.folders:
            found.append((f"capabilities/{name}", f"{name} {self.entitled(name, 'en')[0]}",
                          self.entitled(name, "en")[1], self.entitled(name, "zh")[0]))  # fmt: skip
        for name, one in self.library.methods.items():
            found.append((f"methods/{name}", name, first(one), first(one)))
        for code, kinds in self.library.faults.items():
            found.append((f"faults/{code}", code, kinds[0].en, kinds[0].zh))
        return found


def first(method: Method) -> str:
    """Its first sentence."""
    return method.doc.partition("\n")[0]


def said_of(tale: Tale, language: Language) -> str:
    """What a story tells, in a sentence."""
    return tale.story.zh if language == "zh" and tale.story.zh else tale.story.story


def within(here: str, language: Language) -> str:
    """The address of a page in a language."""
    return here if language == "en" else f"zh/{here}"


def file_of(here: str, language: Language) -> str:
    """The file of a page, in a folder of its language."""
    return within(f"{here}.html" if here else "index.html", language)


def relative(there: str, here: str) -> str:
    """The way from one file to another."""
    return posixpath.relpath(there, posixpath.dirname(here) or ".")


@cache
def templates() -> Environment:
    """What writes pages."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"coloured": guide.coloured, "json": as_json, "index": json.dumps}
    return made
