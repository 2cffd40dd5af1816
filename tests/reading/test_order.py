"""What is read in some order is read in the same order by everybody."""

import pytest
from django.db.models import F

from tests import make
from tips.pages.models import Page
from tips.reading import asking

pytestmark = pytest.mark.django_db


def test_what_a_page_is_about_stays_in_its_order_whatever_changes_about_it():
    """PostgreSQL puts a row that was changed behind the others."""
    subjects = [make.exercise("hip-hinge"), make.exercise("bird-dog", "Bird dog"), make.article()]
    page = make.page(about=subjects)
    for changed in subjects:
        Page.objects.filter(pk=changed.pk).update(comment_count=F("comment_count") + 1)
        assert [each.slug for each in asking.subjects(page.pk)] == [each.slug for each in subjects]
