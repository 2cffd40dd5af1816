from django.urls import path

from tips.moderation import views

urlpatterns = [
    path("moderation/", views.queue, name="queue"),
    path("moderation/<int:pk>/", views.case_page, name="case"),
    path("moderation/messages/<int:pk>/", views.message_page, name="message"),
    path("moderation/decisions/<int:pk>/undo/", views.undo, name="undo"),
]
