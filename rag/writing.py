"""Let the model word the evidence: each sentence is verified, what fails is repaired once."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.claim import Claim, Frame
from rag.compose import verified_text
from rag.draft import refuses, stream_draft, stream_repair
from rag.evidence import Evidence
from rag.llm import LanguageModel, LanguageModelError
from rag.marks import finished_part
from rag.question import Question
from rag.verify import check_claims


@dataclass(frozen=True, slots=True)
class Draft:
    """What the model is writing of its next sentence, before it is checked."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a draft: its claims, in order, what of their text was passed on, whether the
    model found no answer, how many sentences it put right when told what was wrong, and the error
    that ended that.
    """

    claims: tuple[Claim, ...]
    shown: str
    refused: bool
    repaired: int = 0
    broken: LanguageModelError | None = None


def write(
    llm: LanguageModel, asked: Question, evidence: Sequence[Evidence], frame: Frame
) -> Generator[str | Draft, None, Written]:
    """Yield the sentences of an answer as they are verified; raises LanguageModelError.

    Between them come the drafts of the next one. What is repaired follows behind the rest, as
    that is on the screen by then.
    """
    claims: list[Claim] = []
    shown = draft = ""
    naming = frame.support.naming if frame.support else None
    drafting = stream_draft(llm, asked, evidence, naming)
    for so_far, unfinished, more in _verified(drafting, evidence, frame):
        draft = so_far
        claims += more
        text = verified_text(claims, asked.language)
        if text != shown and text.startswith(shown):
            yield text[len(shown) :]
            shown = text
        if unfinished and not refuses(draft):
            yield Draft(unfinished)
    failed = [claim for claim in claims if claim.failures]
    if refuses(draft) or not failed:
        return Written(tuple(claims), shown, refuses(draft))
    kept = [claim for claim in claims if not claim.failures]
    last = kept[-1].line if kept else 0
    repaired: list[Claim] = []
    broken = None
    try:
        repair = stream_repair(llm, asked, evidence, draft, failed, naming)
        for *_, more in _verified(repair, evidence, frame):
            repaired += [
                replace(claim, line=last + claim.line)
                for claim in more
                if not (claim.failures or refuses(claim.text)) and _is_new(claim, kept + repaired)
            ]
    except LanguageModelError as error:
        broken = error
    left = failed if len(repaired) < len(failed) else []
    claims = [*kept, *repaired, *left]
    return Written(tuple(claims), shown, refused=False, repaired=len(repaired), broken=broken)


def _verified(
    pieces: Iterable[str], evidence: Sequence[Evidence], frame: Frame
) -> Iterator[tuple[str, str, list[Claim]]]:
    """Yield the draft so far, what of it is no whole sentence yet, and the claims new in it."""
    draft = done = ""
    for piece in pieces:
        draft += piece
        finished = finished_part(draft)
        claims = _claims(done, finished, evidence, frame) if finished != done else []
        done = finished
        yield draft, draft[len(done) :], claims
    yield draft, "", _claims(done, draft, evidence, frame)


def _claims(done: str, draft: str, evidence: Sequence[Evidence], frame: Frame) -> list[Claim]:
    """Return the claims of what a draft has beyond the part that is done."""
    claims = check_claims(draft[len(done) :], evidence, frame)
    return [replace(claim, line=claim.line + done.count("\n")) for claim in claims]


def _is_new(claim: Claim, said: Sequence[Claim]) -> bool:
    letters = "".join(filter(str.isalnum, claim.text)).casefold()
    return all("".join(filter(str.isalnum, c.text)).casefold() != letters for c in said)
