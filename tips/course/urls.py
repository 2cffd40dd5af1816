from django.urls import path

from tips.course import me_views, owner_views, views

urlpatterns = [
    path("course/", views.join, name="course"),
    path("course/check-your-mail/", views.check_mail, name="course_check_mail"),
    path("course/confirm/<str:token>/", views.confirm, name="course_confirm"),
    path("course/confirmed/", views.confirmed, name="course_confirmed"),
    path("course/me/", me_views.me, name="course_me"),
    path("course/me/lessons/<slug:slug>/", me_views.lesson, name="course_lesson"),
    path("course/me/everything/", me_views.everything, name="course_everything"),
    path("course/me/everything.json", me_views.export, name="course_export"),
    path("course/gentle/", me_views.gentle, name="course_gentle"),
    path("course/left/", me_views.left, name="course_left"),
    path("course/erased/", me_views.erased, name="course_erased"),
    path("desk/course/", owner_views.overview, name="desk_course"),
    path("desk/course/lessons/new/", owner_views.new_lesson, name="desk_new_lesson"),
    path("desk/course/lessons/<int:pk>/", owner_views.edit_lesson, name="desk_lesson"),
    path("desk/course/letters/new/", owner_views.new_letter, name="desk_new_letter"),
    path("desk/course/letters/<int:pk>/", owner_views.edit_letter, name="desk_letter"),
    path("u/<str:word>", views.leave, name="course_leave"),
]
