from django.urls import path, re_path
from django.views.decorators.http import require_safe

from tips.pages.models import VISITOR_KINDS, Kind
from tips.reading import machines, previewing, printing, sitemap, views
from tips.reading.feeds import ArticleFeed, ReplyFeed, VisitorFeed

replies = require_safe(ReplyFeed())

urlpatterns = [
    path("", views.home, name="home"),
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("exercises/", views.exercises, name="exercises"),
    path("exercises/print/", printing.print_sheets, name="print_sheet"),
    path("exercises/<slug:slug>/", views.exercise, name="exercise"),
    path("pages/", views.visitors_pages, name="visitors_pages"),
    path("pages/<slug:slug>/", views.visitors_page, name="visitors_page"),
    path("articles/<slug:slug>/comments.atom", replies, {"kinds": [Kind.ARTICLE]}, name="article_replies"),
    path(
        "exercises/<slug:slug>/comments.atom", replies, {"kinds": [Kind.EXERCISE, Kind.CHECK]}, name="exercise_replies"
    ),
    path("pages/<slug:slug>/comments.atom", replies, {"kinds": VISITOR_KINDS}, name="reply_feed"),
    path("desk/preview/<int:pk>/", previewing.preview, name="preview"),
    path("glossary/", views.glossary, name="glossary"),
    path("warning-signs/", views.warning_signs, name="warning_signs"),
    re_path(r"^(?P<slug>about|privacy|accessibility|house-rules)/$", views.info, name="info"),
    path("feeds/articles.atom", require_safe(ArticleFeed()), name="article_feed"),
    path("feeds/pages.atom", require_safe(VisitorFeed()), name="visitor_feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path("favicon.ico", machines.icon, name="icon"),
    path("healthz", machines.healthz, name="healthz"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
]
