"""The full-text index of one process: in its memory, fed from committed documents, and built again when it is lost.

Chinese is cut into words by rjieba, for the index more finely than people speak, so that parts of compounds are found;
English words are reduced to their stems. What people type in one piece is also looked for letter by letter.
"""

from concurrent.futures import Future
from functools import partial
from typing import NamedTuple

import msgspec
import rjieba
import tantivy

from kaifang.kernel import Work, prepares
from kaifang.kernel.work import Writer

KEPT = "search.index"
PAGE = 10_000  # documents that are taken in together
FEW = 200  # documents that a search takes in itself, in a few milliseconds; more are taken in beside the loop
HEAP = 20_000_000  # bytes of the writer
TITLE, TEXT, GRAMS, STRAIGHT = 3.0, 1.0, 2.0, 20.0  # how much a hit counts there


CHANGES = (
    "select writer, number, id, kind, title, text, words, gone from search_document"
    " where writer = ? and number > ? order by number limit ?"
)


class Told(NamedTuple):
    """A document as it is indexed."""

    writer: int
    number: int
    id: str
    kind: str
    title: str
    text: str
    straight: str  # JSON
    gone: int


class Index:
    """All documents that this process knows."""

    def __init__(self) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("kind", tokenizer_name="raw")
        schema.add_text_field("straight", tokenizer_name="raw")
        for name in ("title", "text", "grams"):
            schema.add_text_field(name, tokenizer_name="stems", index_option="position" if name == "grams" else "freq")
        self.schema = schema.build()
        stems = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.lowercase())
        self.stems = stems.filter(tantivy.Filter.stemmer("English")).build()
        self.index = tantivy.Index(self.schema)
        self.index.register_tokenizer("stems", self.stems)
        self.writer = self.index.writer(heap_size=HEAP, num_threads=1)
        self.seen: dict[int, int] = {}  # writer -> the last of its changes that is in
        self.coming: Future[None] = Future()  # what many changes are taken in by, while nobody else changes the index
        self.coming.set_result(None)

    def follow(self, work: Work) -> None:
        """Take in what was committed since: a few changes at once, many beside the loop, for which searches wait.

        A unit of work that writes sees what may never be committed: what others committed is read beside it.
        """
        work.awaited(self.coming)
        few = partial(self.changes, most=FEW)
        changes = work.beside(few).result() if work.tx.batch.writing else few(work)
        if len(changes) >= FEW:
            self.coming = work.beside(self.take_all)
            work.awaited(self.coming)
        else:
            self.take_in(changes)

    def lost(self, work: Work) -> bool:
        """Whether the database is not the one that it knew, or taking something in went wrong."""
        if self.coming.done() and self.coming.exception() is not None:
            return True
        numbers = {writer.id: writer.numbers for writer in work.select(Writer)}
        return any(numbers.get(writer, 0) < number for writer, number in self.seen.items())

    def take_all(self, work: Work) -> None:
        """Take in all that is committed."""
        while changes := self.changes(work, PAGE):
            self.take_in(changes)

    def changes(self, work: Work, most: int) -> list[Told]:
        """The next changes of each writer; not as rows, which a unit of work would keep copies of."""
        seen = [(writer.id, self.seen.get(writer.id, 0)) for writer in work.select(Writer)]
        return [Told(*row) for after in seen for row in work.tx.query(CHANGES, (*after, most))]

    def take_in(self, changes: list[Told]) -> None:
        """Take these in, and find them from now on."""
        for one in changes:
            self.take(one)
            self.seen[one.writer] = one.number
        if changes:
            self.writer.commit()
            self.index.reload()

    def take(self, told: Told) -> None:
        """Take one document in, in the place of what it was."""
        self.writer.delete_documents_by_term("id", told.id)
        if told.gone:
            return
        document = tantivy.Document(
            id=told.id, kind=told.kind, title=words(told.title), text=words(told.text), grams=grams(told.title)
        )
        for word in msgspec.json.decode(told.straight):
            document.add_text("straight", word.casefold())
        self.writer.add_document(document)

    def find(self, wanted: str, kinds: list[str], limit: int) -> list[tuple[str, float]]:
        """The documents that fit best, with what each scored: all words if there are such, else some of them."""
        terms = self.stems.analyze(words(wanted))
        each = [self.either(term) for term in terms]
        whole = self.together(self.stems.analyze(grams(wanted)))
        for occur in (tantivy.Occur.Must, tantivy.Occur.Should):
            several = tantivy.Query.boolean_query([(occur, one) for one in each])
            query = tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in (several, *whole)])
            found = self.search(query, kinds, limit)
            if found:
                return found
        return []

    def straight(self, wanted: str, limit: int) -> list[tuple[str, float]]:
        """The documents that these very words lead to."""
        term = tantivy.Query.term_query(self.schema, "straight", wanted.casefold())
        return self.search(tantivy.Query.boost_query(term, STRAIGHT), [], limit)

    def either(self, term: str) -> tantivy.Query:
        """A word in the title or in the text."""
        both = [("title", TITLE), ("text", TEXT)]
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self.schema, name, term), by))
                for name, by in both
            ]
        )

    def together(self, letters: list[str]) -> list[tantivy.Query]:
        """The letters of what was typed, in this order in a title."""
        if len(letters) < 2:
            return []
        phrase = tantivy.Query.phrase_query(self.schema, "grams", letters)
        return [tantivy.Query.boost_query(phrase, GRAMS)]

    def search(self, query: tantivy.Query, kinds: list[str], limit: int) -> list[tuple[str, float]]:
        """Run a query, over some kinds or all."""
        if kinds:
            any_kind = [(tantivy.Occur.Should, tantivy.Query.term_query(self.schema, "kind", kind)) for kind in kinds]
            only = tantivy.Query.const_score_query(tantivy.Query.boolean_query(any_kind), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])
        searcher = self.index.searcher()
        return [(searcher.doc(place)["id"][0], score) for score, place in searcher.search(query, limit).hits]


def words(text: str) -> str:
    """A text cut into words."""
    return " ".join(word for word in rjieba.cut_for_search(text) if word.isalnum())


def grams(text: str) -> str:
    """A text cut into its letters, Latin words whole."""
    cut = "".join(f" {letter} " if ord(letter) > 0x2E7F else letter for letter in text)
    return " ".join(part for part in cut.split() if part.isalnum())


@prepares
def index_of(work: Work) -> Index:
    """This process's index, up to what is committed; a new one if the database is not the one that it knew."""
    found = work.place.kept.get(KEPT)
    if found is None or found.lost(work):
        found = work.place.kept[KEPT] = Index()
    found.follow(work)
    return found  # type: ignore[no-any-return]
