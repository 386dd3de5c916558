"""Signatures are counted in batches of at least three, and each for the unit that its signer chose."""

from __future__ import annotations

from tests.journeys.conftest import Visit
from tests.journeys.receipt import Receipt
from tests.journeys.signer import Petition, Signer
from tests.journeys.stack import Stack


def test_batch_counts_three_together_and_never_two(stack: Stack, visit: Visit) -> None:
    petition = Petition(stack, stack.ask("make_petition", k=3))
    identifier = petition.about["id"]
    words = [Signer(visit(stack), petition).sign_by_paper(unit="North hall") for _one in range(2)]
    assert stack.count(identifier) == {"A": 0, "B": 0}
    Signer(visit(stack), petition).sign_by_paper()
    assert stack.count(identifier) == {"A": 3, "B": 0}
    assert stack.ask("unit_totals", petition=identifier) == {"North hall": 2}
    receipt = Receipt(visit(stack), petition)
    receipt.find(words[0])
    receipt.withdraw()
    receipt.expect_standing("withdrawn", version=2)
    assert stack.count(identifier) == {"A": 3, "B": 0}
    assert len(petition.held()) == 3
