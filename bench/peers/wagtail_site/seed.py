"""A program of its own, in Wagtail's environment: tables and pages. Its argument is the corpus."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from bench.peers.wagtail_site.models import Article, Comment  # noqa: E402


@transaction.atomic
def seed(corpus: list[dict[str, object]]) -> None:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=Article(title="Peer", slug="peer", body="<p>Welcome.</p>"))
    Site.objects.update(root_page=home, hostname="127.0.0.1")
    for number, told in enumerate(corpus, 1):
        page = home.add_child(instance=Article(title=told["title"], slug=f"page-{number}", body=told["html"]))
        Comment.objects.bulk_create(
            Comment(page=page, name="A visitor", text=text, approved=True) for text in told["replies"]
        )


call_command("migrate", verbosity=0)
seed(json.loads(Path(sys.argv[1]).read_text()))
print(Article.objects.get(slug="page-1").pk)
