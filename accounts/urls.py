from django.urls import path

from accounts import links

urlpatterns = [
    path("owner/<str:token>/", links.owner_link, name="owner_link"),
]
