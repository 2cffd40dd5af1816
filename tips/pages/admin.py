"""The site's own pages and the words they explain. Visitors' pages are not here: moderation is their place."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.models import User
from tips.glossary.admin import ForEditors
from tips.glossary.forms import TermForm
from tips.glossary.models import Term
from tips.pages import flows, terms
from tips.pages.forms import INVITATION, PREFIX, facts_of, form_for
from tips.pages.linking import leading_to
from tips.pages.models import OWNER_KINDS, Kind, Page, Revision
from tips.text.differences import differences

READ_ONLY = ("kind", "slug", "visibility", "published_on", "updated_on", "links_here")


class Revisions(admin.StackedInline):
    """What the page said before; never changed."""

    model = Revision
    fields = readonly_fields = ("made_on", "origin", "by", "why", "what_changed")
    ordering = ("-number",)
    classes = ("collapse",)
    can_delete = False
    extra = max_num = 0

    @admin.display(description="What changed")
    def what_changed(self, revision: Revision) -> SafeString:
        before = revision.page.revisions.filter(number__lt=revision.number).last()
        return differences(f"{before.title}\n{before.source}" if before else "", f"{revision.title}\n{revision.source}")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # whoever may see the page

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("by", "page")


@admin.register(Page)
class PageAdmin(ForEditors):
    list_display = ("title", "kind", "visibility", "updated_on", "reviewed_by", "next_review_on")
    list_filter = (("kind", admin.ChoicesFieldListFilter), "visibility")
    search_fields = ("title", "source")
    ordering = ("kind", "title")
    readonly_fields = READ_ONLY
    inlines = (Revisions,)

    class Media:
        css: ClassVar = {"all": ["desk/editor.css"]}
        js = ("desk/editor.js",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Page]:
        return super().get_queryset(request).filter(kind__in=OWNER_KINDS)

    def get_form(self, request: HttpRequest, obj: Page | None = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "form": form_for(obj.kind if obj else Kind.INFO)})

    def get_fieldsets(self, request: HttpRequest, obj: Page | None = None) -> Any:
        named = tuple(f"{PREFIX}{fact.name}" for fact in facts_of(obj.kind if obj else Kind.INFO))
        facts = tuple(name for name in named if name not in INVITATION)
        return (
            (None, {"fields": ("title", "summary", "source")}),
            ("History", {"fields": ("why", "back_to")}),
            *([("Facts", {"fields": facts})] if facts else []),
            ("Invitation to write", {"fields": INVITATION}),
            ("Review", {"fields": ("reviewed_by", "reviewed_on", "next_review_on")}),
            ("Readers", {"fields": ("comments_open", "in_search_engines", *READ_ONLY)}),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        if not isinstance(request.user, User):
            raise Http404
        flows.edit_page(page=obj, by=request.user, today=timezone.localdate(), why=form.cleaned_data["why"])

    @admin.display(description="What links here")
    def links_here(self, page: Page) -> str:
        links = ((each.get_absolute_url(), each) for each in leading_to(page))
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    def view_on_site(self, obj: Page) -> str:
        return obj.get_absolute_url()


@admin.register(Term)
class TermAdmin(ForEditors):
    form = TermForm
    list_display = ("name", "definition", "autolink")
    search_fields = ("name", "definition")
    ordering = ("slug",)

    def get_readonly_fields(self, request: HttpRequest, obj: Term | None = None) -> tuple[str, ...]:
        """Its address in the glossary stays: pages and other sites lead there."""
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Term, form: Any, change: bool) -> None:
        terms.save_term(term=obj)

    def delete_model(self, request: HttpRequest, obj: Term) -> None:
        terms.remove_term(term=obj)
