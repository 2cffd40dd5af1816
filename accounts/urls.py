from django.urls import path

from accounts import links, second_factor

urlpatterns = [
    path("owner/<str:token>/", links.owner_link, name="owner_link"),
    path("2fa/totp/picture.svg", second_factor.totp_picture, name="totp_picture"),
]
