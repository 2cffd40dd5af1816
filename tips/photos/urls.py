from django.urls import path, re_path

from tips.photos import views

FILE = r"^media/p/(?P<folder>[0-9a-f]{32})/(?P<width>[1-9]\d{0,3})\.(?P<form>webp|jpg|avif)\Z"

OWN = r"^media/o/(?P<folder>[0-9a-f]{32})/(?P<name>[1-9]\d{0,3}x[1-9]\d{0,3}\.webp)\Z"

urlpatterns = [
    re_path(OWN, views.own_picture, name="own_picture"),
    re_path(FILE, views.open_photo, name="open_photo"),
    path("photos/<str:word>/", views.authors_photo, name="authors_photo"),
]
