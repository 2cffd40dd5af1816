from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page


class Article(Page):
    body = RichTextField()

    template = "article.html"

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        context = super().get_context(request, *args, **kwargs)
        context["comments"] = self.comments.filter(approved=True).order_by("pk")
        return context


class Comment(models.Model):
    page = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(max_length=60)
    text = models.TextField()
    made = models.DateTimeField(auto_now_add=True)
    approved = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.text[:40]
