"""No path of foreign keys leads from a signature to a person or to a proof."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models
from django.db.models.fields.related import RelatedField

from organizing.accounts.models import User
from organizing.signing.models import PendingRecord, Signature


def forward(model: type[models.Model]) -> set[type[models.Model]]:
    """Models that a model points at, by foreign key or many-to-many."""
    fields = (*model._meta.fields, *model._meta.many_to_many)
    targets = (field.related_model for field in fields if isinstance(field, RelatedField))
    return {model if target == "self" else target for target in targets}


def reachable(start: type[models.Model]) -> set[type[models.Model]]:
    """Every model that a chain of forward keys leads to."""
    found: set[type[models.Model]] = set()
    waiting = [start]
    while waiting:
        new = forward(waiting.pop()) - found
        found |= new
        waiting += new
    return found


def package(model: type[models.Model]) -> str:
    """The capability that a model lives in."""
    return model.__module__.split(".")[1] if model.__module__.startswith("organizing.") else ""


@pytest.mark.parametrize("model", [Signature, PendingRecord])
def test_a_signature_leads_to_no_person_and_to_no_proof(model: type[models.Model]) -> None:
    found = reachable(model)
    assert User not in found
    assert {package(m) for m in found} <= {"signing", "petitions", "accounts"}
    assert {m.__name__ for m in found if package(m) == "accounts"} <= {"Campaign"}


def test_no_proof_leads_to_a_person_or_a_signature() -> None:
    for model in apps.get_app_config("organizing").get_models():
        if package(model) == "eligibility":
            assert User not in reachable(model)
            assert "signing" not in {package(m) for m in reachable(model)}


def test_signing_and_eligibility_hold_no_time_of_an_act() -> None:
    # A batch and a tally carry the time they are due, which is the same for all in them.
    for name in ("Signature", "PendingRecord", "Epoch", "SpentProof", "PaperCode"):
        fields = apps.get_model("organizing", name)._meta.fields
        assert [f.name for f in fields if isinstance(f, models.DateField)] == []


def test_signing_tables_number_no_rows() -> None:
    for name in ("Signature", "PendingRecord", "SpentProof", "PaperCode"):
        key = apps.get_model("organizing", name)._meta.pk
        assert isinstance(key, models.BinaryField)


def test_the_search_would_find_a_path() -> None:
    membership = apps.get_model("organizing", "Membership")
    assert User in reachable(membership)
