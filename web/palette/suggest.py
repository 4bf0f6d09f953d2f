"""The route that is asked with every letter that is typed."""

from __future__ import annotations

from fastapi import APIRouter

from entrywise.web.gate.problems import PROBLEMS
from entrywise.web.palette.suggestions import suggested
from entrywise.web.schemas.bodies import SuggestionBody
from entrywise.web.served.served import InUse

router = APIRouter(responses=PROBLEMS, include_in_schema=False)


@router.get("/suggest")
def suggest(served: InUse, q: str = "", names: bool = False) -> list[SuggestionBody]:
    """What is being typed may become these; only entries, if `names` are wanted."""
    return [SuggestionBody(**one._asdict()) for one in suggested(served, q, names=names)]
