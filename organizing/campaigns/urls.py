"""Addresses of the workspace."""

from django.urls import path

from organizing.campaigns import (
    count_views,
    draft_views,
    member_views,
    paper_views,
    petition_views,
    views,
)

_CAMPAIGN = "c/<uuid:campaign_id>/"
_MEMBER = f"{_CAMPAIGN}members/<int:membership_id>/"
_PETITION = "petition/<uuid:petition_id>/"

urlpatterns = [
    path("", views.workspace, name="workspace"),
    path("new/", views.new, name="workspace-new"),
    path("join/<str:token>/", views.join, name="workspace-join"),
    path(_CAMPAIGN, views.campaign, name="workspace-campaign"),
    path(f"{_CAMPAIGN}settings/", views.settings, name="workspace-settings"),
    path(f"{_CAMPAIGN}members/", member_views.members, name="workspace-members"),
    path(f"{_CAMPAIGN}invite/", member_views.invite, name="workspace-invite"),
    path(
        f"{_CAMPAIGN}withdraw-invitations/",
        member_views.withdraw_invitations,
        name="workspace-withdraw-invitations",
    ),
    path(f"{_MEMBER}remove/", member_views.remove, name="workspace-remove"),
    path(f"{_MEMBER}vouch/", member_views.vouch, name="workspace-vouch"),
    path(f"{_CAMPAIGN}petitions/", petition_views.new, name="workspace-petition-new"),
    path(_PETITION, petition_views.petition, name="workspace-petition"),
    path(f"{_PETITION}text/<slug:language>/", draft_views.text, name="workspace-text"),
    path(f"{_PETITION}preview/<slug:language>/", draft_views.preview, name="workspace-preview"),
    path(f"{_PETITION}proofs/", petition_views.proofs, name="workspace-proofs"),
    path(f"{_PETITION}key/", petition_views.key, name="workspace-key"),
    path(f"{_PETITION}approve/", petition_views.review, name="workspace-approve"),
    path(f"{_PETITION}send-back/", petition_views.review, name="workspace-send-back"),
    path(f"{_PETITION}freeze/", petition_views.freeze, name="workspace-freeze"),
    path(f"{_PETITION}freezing/", petition_views.freezing, name="workspace-freezing"),
    path(f"{_PETITION}codes/", paper_views.codes, name="workspace-codes"),
    path(f"{_PETITION}codes/<uuid:batch_id>/revoke/", paper_views.revoke, name="workspace-revoke"),
    path(f"{_PETITION}counts/", count_views.counts, name="workspace-counts"),
]
