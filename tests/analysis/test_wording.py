"""Every claim, reason, question and advice, read as those read it whom it names."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import orgmap.analysis
from checks.healthy import healthy
from checks.planted import KINDS
from orgmap.analysis.findings import Finding
from orgmap.analysis.registry import CODES, run
from orgmap.assets import asset
from orgmap.files.native import load
from orgmap.i18n import Names, Said, Text, Value, names
from orgmap.model.document import Document
from tests.words import FEEDBACK_EXAMPLE, TEST_ORGANIZATION
from tests.workshop import WORKSHOP

MOST_WORDS = 24  # in a sentence; a list of names counts as one word
SPOKEN = ("finding", "finding title", "finding meaning", "advice", "cut-off")  # contexts read by everybody
MISREAD = (  # what a layperson took for something else when the findings of the samples were read aloud
    "it goes away",
    "it rests on each",
    "it stands when",
    "pairs of colleagues",
    "within two steps",
    "way to answer",
    "who cannot answer",
    "not judged",
    "is drawn as",
    "carry no talk",
    "passes the middle by",
    "the two-way talk",
    "would miss it",
    "who would carry it",
)
UNWELCOME: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "unwelcome_words.json").read_text("utf-8")
)


def texts() -> Iterator[Text]:
    """Every text written anywhere in the analysis."""
    for path in sorted(Path(orgmap.analysis.__path__[0]).rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "text":
                words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
                yield Text(*map(str, words))


CATALOGUE = [one for one in texts() if one.context in SPOKEN]


def maps() -> Iterator[Document]:
    """Maps on which every kind of finding is told, large and small."""
    yield from (WORKSHOP, TEST_ORGANIZATION, FEEDBACK_EXAMPLE)
    for folder in ("samples", "templates"):
        for path in sorted(Path(str(asset(folder))).glob("*.orgmap")):
            yield load(path)
    for _, planter in KINDS.values():
        for seed, people in ((5, None), (6, 22)):
            made = healthy(seed, people)
            planter(made)
            yield made.document


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return [f for document in maps() for f in run(document, measures=False, chance=False).findings]


def said_in(finding: Finding) -> Iterator[Said]:
    yield from (finding.claim, finding.because, finding.question)
    for advice in finding.advice:
        yield advice.text
        if advice.gained is not None:
            yield advice.gained


def inside(said: Said) -> Iterator[Said]:
    """The text and all texts within."""
    yield said
    for _, value in said.values:
        if isinstance(value, Said):
            yield from inside(value)


def one_name(said: Said) -> Said:
    """The text with a single name for every list of names, which a reader takes in at one glance."""
    values: list[tuple[str, Value]] = []
    for key, value in said.values:
        if isinstance(value, Names):
            values.append((key, names(["Ana"])))
        else:
            values.append((key, one_name(value) if isinstance(value, Said) else value))
    return replace(said, values=tuple(values))


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?])\s+", words) if part]


def words_of(template: str) -> list[str]:
    return re.findall(r"[\w'-]+", re.sub(r"\{\w+\}", "x", template).lower())


def test_there_are_texts_to_read() -> None:
    assert len(CATALOGUE) > 100


@pytest.mark.parametrize("kind", UNWELCOME)
def test_no_text_of_a_finding_has_an_unwelcome_word(kind: str) -> None:
    templates = [template for one in CATALOGUE for template in (one.one, one.many) if template]

    assert [words for words in templates if {*words_of(words)} & {*UNWELCOME[kind]}] == []


def test_no_text_says_again_what_was_retold_wrong() -> None:
    templates = [template for one in CATALOGUE for template in (one.one, one.many) if template]

    assert [words for words in templates if any(phrase in words.lower() for phrase in MISREAD)] == []


def test_no_text_shouts() -> None:
    assert [one.one for one in CATALOGUE if "!" in one.one or re.search(r"\b[A-Z]{4,}\b", one.one)] == []


def test_no_sentence_is_written_with_25_words_or_more() -> None:
    wrong = []
    for one in CATALOGUE:
        for template in filter(None, (one.one, one.many)):
            wrong += [s for s in sentences(template) if len(words_of(s)) > MOST_WORDS]

    assert wrong == []


def test_a_text_with_a_count_has_a_form_for_one_and_a_form_for_many() -> None:
    counted = [one for one in CATALOGUE if "{n}" in one.one or (one.many and "{n}" in one.many)]

    assert [one.one for one in counted if one.many is None] == []
    fields = [
        (one.one, {f for _, f, _, _ in Formatter().parse(one.one) if f}, one.many)
        for one in counted
        if one.many is not None
    ]
    for first, placeholders, many in fields:
        kept = {f for _, f, _, _ in Formatter().parse(many) if f}
        assert kept >= placeholders - {"n"} or kept - placeholders == {"n"}, first  # counts whom one names


def test_every_kind_of_finding_is_among_those_read(found: list[Finding]) -> None:
    assert {f.code for f in found if f.judged} == set(CODES)


def test_every_placeholder_is_filled(found: list[Finding]) -> None:
    for finding in found:
        for said in (one for whole in said_in(finding) for one in inside(whole)):
            forms = filter(None, (said.text.one, said.text.many))
            wanted = {f for form in forms for _, f, _, _ in Formatter().parse(form) if f}
            assert wanted <= {key for key, _ in said.values}, said.text.one
            assert not re.search(r"[{}]", str(said)), str(said)
            assert "None" not in words_of(str(said)), str(said)


def test_no_sentence_is_said_with_25_words_or_more(found: list[Finding]) -> None:
    spoken = {str(one_name(said)) for finding in found for said in said_in(finding)}
    long = [s for words in spoken for s in sentences(words) if len(s.split()) > MOST_WORDS]

    assert sorted(long) == []


def test_every_count_has_its_plural(found: list[Finding]) -> None:
    things = "person people line pair step hour minute day module week link way contact answer question"
    singular = re.compile(rf"(?<![\d.,] )(?<!of )\b(?!1 )(\d[\d,.]*) ({'|'.join(things.split())})\b(?! of)")
    plural = re.compile(
        r"(?<![\d.,])\b1 (people|lines|pairs|steps|hours|minutes|days|modules|weeks|links|ways)\b"
    )
    spoken = {str(said) for finding in found for said in said_in(finding)}
    wrong = [words for words in spoken if plural.search(words)]
    wrong += [w for w in spoken for m in singular.finditer(w) if m[2] not in ("people",) and m[1] != "1"]

    assert sorted(set(wrong)) == []


def test_a_claim_is_one_sentence_and_a_question_asks(found: list[Finding]) -> None:
    for finding in (f for f in found if f.judged):
        assert len(sentences(str(finding.claim))) == 1, str(finding.claim)
        assert str(finding.claim).endswith("."), str(finding.claim)
        assert str(finding.question).endswith("?"), str(finding.question)
        assert finding.advice, (finding.code, str(finding.claim))
        assert finding.source, finding.code
