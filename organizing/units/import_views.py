"""A file read, shown and taken over; and one to begin with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organizing.accounts.access import Campaign, User
from organizing.accounts.days import day_in
from organizing.accounts.views import signed_in
from organizing.errors import NotFound
from organizing.units import files, importing, presenting, selectors, telling, wishes
from organizing.units.access import campaign_to_edit, campaign_to_read, import_in
from organizing.units.filing import as_file
from organizing.units.import_forms import ImportForm
from organizing.units.models import ImportDraft


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Chooses a file. Nothing is written but its rows, sealed and for a day."""
    user = signed_in(request)
    campaign = campaign_to_edit(user, campaign_id)
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        draft = importing.keep(
            campaign=campaign,
            table=form.cleaned_data["file"],
            defaults=form.defaults(),
            today=timezone.now().date(),
        )
        return redirect("units-dry-run", campaign.id, draft.id)
    context = {**presenting.around(user, campaign), "form": form}
    return render(request, "units/import.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def dry_run(request: HttpRequest, campaign_id: UUID, import_id: UUID) -> HttpResponse:
    """Shows what the file would change, and takes it over if that is what was seen."""
    user = signed_in(request)
    campaign = campaign_to_edit(user, campaign_id)
    if request.method == "POST":
        return _take_over(request, user, campaign, import_id)
    return _shown(request, user, campaign, import_in(campaign, import_id))


def _shown(
    request: HttpRequest, user: User, campaign: Campaign, draft: ImportDraft, status: int = 200
) -> HttpResponse:
    today = day_in(campaign, timezone.now())
    plan = importing.dry_run(draft=draft, today=today)
    table, defaults = importing.read(draft)
    read = wishes.readings(table)
    context = {
        **presenting.around(user, campaign),
        "draft": draft,
        "plan": plan,
        "guessed": table.guessed,
        "told": telling.tell_plan(plan, selectors.tree(campaign.id, today)),
        "faults": [(fault.row, presenting.say(fault)) for fault in plan.faults],
        "bad": len({fault.row for fault in plan.faults}),
        "readings": read[: telling.SHOWN],
        "readings_number": len(read),
        "form": ImportForm(initial={"day": defaults.day, "source": defaults.source}),
    }
    return render(request, "units/dry_run.html", context, status=status)


def _take_over(
    request: HttpRequest, user: User, campaign: Campaign, import_id: UUID
) -> HttpResponse:
    try:
        draft = import_in(campaign, import_id)
        digest = request.POST.get("plan", "")
        today = day_in(campaign, timezone.now())
        plan = importing.take_over(draft=draft, digest=digest, user=user, today=today)
    except NotFound:
        messages.info(request, _("This file has been taken over already, or thrown away."))
        return redirect("units", campaign.id)
    if plan is None:
        messages.warning(
            request, _("Nothing was written: the units have changed meanwhile. Look once more.")
        )
        return _shown(request, user, campaign, draft, 409)
    messages.success(request, _("The file has been taken over."))
    return redirect("units", campaign.id)


@require_POST
def throw_away(request: HttpRequest, campaign_id: UUID, import_id: UUID) -> HttpResponse:
    """Erases a file that was read."""
    campaign = campaign_to_edit(signed_in(request), campaign_id)
    importing.throw_away(draft=import_in(campaign, import_id))
    messages.success(request, _("The file is gone. Nothing was changed."))
    return redirect("units-import", campaign.id)


@require_safe
def template(request: HttpRequest, campaign_id: UUID, file_format: str) -> HttpResponse:
    """A file to begin with."""
    campaign_to_read(signed_in(request), campaign_id)
    return as_file(iter(files.EXAMPLE), file_format, "units-example")
