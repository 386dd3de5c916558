"""The one Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganizingConfig(AppConfig):
    """Registers start-up checks, and keeps signing tables free of row ids after every migration."""

    name = "organizing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from organizing import checks  # noqa: F401  # registers the start-up checks
        from organizing.accounts import receivers  # noqa: F401  # what allauth would remember
        from organizing.accounts import retention as _accounts  # noqa: F401
        from organizing.accounts import rotation as _accounts_sealed  # noqa: F401
        from organizing.api import receivers as _api_receivers  # noqa: F401  # end of tokens
        from organizing.api import retention as _api  # noqa: F401
        from organizing.drafting import receivers as _drafting_receivers  # noqa: F401  # links
        from organizing.drafting import retention as _drafting  # noqa: F401
        from organizing.drafting import rotation as _drafting_sealed  # noqa: F401
        from organizing.eligibility import retention as _eligibility  # noqa: F401  # and rules
        from organizing.outreach import retention as _outreach  # noqa: F401
        from organizing.outreach import rotation as _outreach_sealed  # noqa: F401
        from organizing.oversight import retention as _oversight  # noqa: F401
        from organizing.petitions import retention as _petitions  # noqa: F401
        from organizing.petitions import rotation as _petitions_sealed  # noqa: F401
        from organizing.publishing import retention as _publishing  # noqa: F401
        from organizing.publishing import rotation as _publishing_sealed  # noqa: F401
        from organizing.safety import mail_names, rowids
        from organizing.signing import receivers as _signing_receivers  # noqa: F401  # epochs
        from organizing.tracking import retention as _tracking  # noqa: F401
        from organizing.tracking import rotation as _tracking_sealed  # noqa: F401
        from organizing.units import retention as _units  # noqa: F401
        from organizing.units import rotation as _units_sealed  # noqa: F401

        mail_names.use_senders_name()
        post_migrate.connect(rowids.drop_rowids_after_migrate, sender=self)
