"""What publishing erases, and when."""

from datetime import datetime

from django.db.models import Max, Q

from organizing.publishing.models import Post, PostVersion
from organizing.safety.retention import Rule, register


def _erase_drafts(now: datetime) -> None:
    over = Post.objects.filter(petition__sending_ends_at__lte=now)
    newest = Max("versions__version", filter=~Q(versions__published_on=None))
    for post in over.annotate(newest_public=newest).exclude(newest_public=None):
        rows = PostVersion.objects.filter(post=post, published_on=None)
        rows.filter(version__lt=post.newest_public).delete()


register(
    Rule(
        "drafts of updates",
        "Versions of updates, deliveries and answers that never were public, once sending has ended and a later "
        "one is public.",
        _erase_drafts,
    )
)
