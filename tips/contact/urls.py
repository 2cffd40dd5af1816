from django.urls import path

from tips.contact import desk_views, views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/received/", views.received, name="contact_received"),
    path("desk/messages/", desk_views.inbox, name="desk_messages"),
    path("desk/messages/<int:pk>/", desk_views.message_page, name="desk_message"),
    path("report/", views.report, name="report"),
]
