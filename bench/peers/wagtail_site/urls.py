from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from wagtail import urls as wagtail_urls

from bench.peers.wagtail_site.models import Article, Comment


class CommentForm(forms.ModelForm):
    class Meta:
        model = Comment
        fields = ("name", "text")


@csrf_exempt
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(Article, pk=pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "article.html", {"page": page}, status=422)
    form.instance.page = page
    form.save()
    return redirect(page.url)


urlpatterns = [path("comment/<int:pk>/", comment), path("", include(wagtail_urls))]
