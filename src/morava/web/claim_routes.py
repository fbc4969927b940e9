"""Addresses of claims, of how their text holds together, and of the words of a pack."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from morava.runs.answers import Answers
from morava.views.claim import ClaimPage, claim_page
from morava.views.claims import ClaimRow, claims
from morava.views.findings import Findings, findings
from morava.views.texts import texts
from morava.web.language_routes import Language, check_language
from morava.web.service import AboutRun, EntryName, Known, Service

router = APIRouter(prefix="/api/runs/{run}", dependencies=[Known], tags=["claims"])


@dataclass(frozen=True)
class Claims:
    """Every claim of a strategy with its verdict."""

    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True)
class ClaimWithSentence(ClaimPage):
    """The page of a claim, with its sentence where the reader has the document."""

    sentence: str | None = None


@router.get("/claims", response_model=Claims)
def list_claims(asking: AboutRun) -> Response:
    """List the claims with their verdicts."""
    return asking.tell(lambda answers: Claims(claims(answers)))


@router.get("/claims/{name}", response_model=ClaimWithSentence)
def show_claim(asking: AboutRun, name: EntryName) -> Response:
    """Give everything behind the verdict on a claim."""
    return asking.tell(lambda answers: with_sentence(answers, name, asking.service))


def with_sentence(answers: Answers, name: str, service: Service) -> ClaimPage | ClaimWithSentence:
    """Return the page of a claim; its sentence is in it only where the reader's own document holds it."""
    page = claim_page(answers, name)
    claim = answers.plan.strategy.claims[name]
    sentence = None if service.document is None else service.document.sentence(claim)
    return page if sentence is None else ClaimWithSentence(**vars(page), sentence=sentence)


@router.get("/findings", response_model=Findings)
def list_findings(asking: AboutRun) -> Response:
    """Say where the text of the strategy does not hold together."""
    return asking.tell(findings)


@router.get("/texts/{language}", response_model=dict[str, str])
def list_texts(asking: AboutRun, language: Language) -> Response:
    """Give the words that people wrote in the pack, in a language."""
    check_language(language)
    return asking.tell(lambda answers: texts(answers, language))
