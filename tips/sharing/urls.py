from django.urls import path

from tips.sharing import draft_views, mine_views, views

urlpatterns = [
    path("share/", views.share, name="share"),
    path("share/draft/", draft_views.keep, name="share_draft"),
    path("share/draft/forget/", draft_views.forget, name="share_forget"),
    path("share/photo/", draft_views.photo, name="share_photo"),
    path("share/similar/", draft_views.alike, name="share_similar"),
    path("share/received/", views.received, name="share_received"),
    path("mine/", mine_views.mine, name="mine"),
    path("mine/replies/<str:token>/", mine_views.confirm_replies, name="replies_confirm"),
    path("r/<str:word>", mine_views.stop_replies, name="replies_stop"),
    path("pages/<slug:slug>/comment/", views.reply, name="reply"),
    path("articles/<slug:slug>/comment/", views.reply, name="reply_to_article"),
    path("exercises/<slug:slug>/comment/", views.reply, name="reply_to_exercise"),
]
