"""Addresses of drafts. Static words come before languages."""

from django.urls import path

from organizing.drafting import (
    history_views,
    import_views,
    kept_views,
    people_views,
    review_views,
    start_views,
    talk_views,
    text_views,
)

_DRAFT = "<uuid:petition_id>/"
_TEXT = f"{_DRAFT}<slug:language>/"
_COMMENT = f"{_DRAFT}comment/<uuid:comment_id>/"
_SUGGESTION = f"{_DRAFT}suggestion/<uuid:suggestion_id>/"

urlpatterns = [
    path("", people_views.drafts, name="drafting"),
    path("join/<str:token>/", people_views.join, name="drafting-join"),
    path(_DRAFT, people_views.home, name="drafting-home"),
    path(f"{_DRAFT}people/", people_views.people, name="drafting-people"),
    path(f"{_DRAFT}people/invite/", people_views.invite, name="drafting-invite"),
    path(f"{_DRAFT}people/<uuid:co_drafter_id>/", people_views.change, name="drafting-change-part"),
    path(f"{_DRAFT}people/link/<uuid:invitation_id>/", people_views.revoke, name="drafting-revoke"),
    path(f"{_DRAFT}review/", review_views.review, name="drafting-review"),
    path(f"{_DRAFT}review/decide/", review_views.decide, name="drafting-decide"),
    path(f"{_DRAFT}review/rule/", review_views.rule, name="drafting-rule"),
    path(f"{_COMMENT}answer/", talk_views.answer, name="drafting-answer"),
    path(f"{_COMMENT}resolve/", talk_views.resolve, name="drafting-resolve"),
    path(f"{_SUGGESTION}<int:number>/", talk_views.decide, name="drafting-accept"),
    path(f"{_SUGGESTION}withdraw/", talk_views.withdraw, name="drafting-withdraw"),
    path(_TEXT, text_views.write, name="drafting-write"),
    path(f"{_TEXT}start/", start_views.start, name="drafting-start"),
    path(f"{_TEXT}read/", text_views.read, name="drafting-read"),
    path(f"{_TEXT}keep/", kept_views.keep, name="drafting-keep"),
    path(f"{_TEXT}forget/", kept_views.forget, name="drafting-forget"),
    path(f"{_TEXT}merge/", kept_views.merge, name="drafting-merge"),
    path(f"{_TEXT}comment/", talk_views.comment, name="drafting-comment"),
    path(f"{_TEXT}vouch/", review_views.vouch, name="drafting-vouch"),
    path(f"{_TEXT}history/", history_views.history, name="drafting-history"),
    path(f"{_TEXT}compare/", history_views.compare, name="drafting-compare"),
    path(f"{_TEXT}restore/<int:number>/", history_views.restore, name="drafting-restore"),
    path(f"{_TEXT}erase/<int:number>/", history_views.erase, name="drafting-erase"),
    path(f"{_TEXT}file/", history_views.export, name="drafting-export"),
    path(f"{_TEXT}import/", import_views.read_file, name="drafting-import"),
]
