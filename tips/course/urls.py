from django.urls import path

from tips.course import views

urlpatterns = [
    path("course/", views.join, name="course"),
    path("course/check-your-mail/", views.check_mail, name="course_check_mail"),
    path("course/confirm/<str:token>/", views.confirm, name="course_confirm"),
    path("course/confirmed/", views.confirmed, name="course_confirmed"),
    path("course/me/", views.me, name="course_me"),
    path("u/<str:word>", views.leave, name="course_leave"),
]
