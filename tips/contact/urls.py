from django.urls import path

from tips.contact import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("contact/received/", views.received, name="contact_received"),
    path("report/", views.report, name="report"),
]
