from django.urls import path

from tips.sharing import views

urlpatterns = [
    path("share/", views.share, name="share"),
    path("share/received/", views.received, name="share_received"),
    path("mine/", views.mine, name="mine"),
    path("pages/<slug:slug>/comment/", views.reply, name="reply"),
    path("articles/<slug:slug>/comment/", views.reply, name="reply_to_article"),
    path("exercises/<slug:slug>/comment/", views.reply, name="reply_to_exercise"),
]
