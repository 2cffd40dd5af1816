from django.urls import path

from tips.desk import views

urlpatterns = [
    path("about/photo.webp", views.owner_photo, name="owner_photo"),
    path("desk/", views.desk, name="desk"),
    path("desk/setup/", views.setup, name="setup"),
    path("desk/setup/test-mail/", views.test_mail, name="test_mail"),
    path("desk/style/", views.style, name="style"),
]
