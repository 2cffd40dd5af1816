from django.urls import path

from tips.desk import handover_views, mail_views, picture_views, views

urlpatterns = [
    path("about/photo.webp", views.owner_photo, name="owner_photo"),
    path("desk/", views.desk, name="desk"),
    path("desk/setup/", views.setup, name="setup"),
    path("desk/setup/test-mail/", views.test_mail, name="test_mail"),
    path("desk/letters/", mail_views.letters, name="letters"),
    path("desk/letters/<int:pk>/", mail_views.decide, name="decide_letter"),
    path("desk/handover/", handover_views.handover_note, name="handover"),
    path("desk/pictures/", picture_views.pictures, name="pictures"),
    path("desk/style/", views.style, name="style"),
]
