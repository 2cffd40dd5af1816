from django.urls import path

from tips.search import views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search.json", views.results_json, name="search_json"),
    path("search/suggest/", views.suggestions, name="suggestions"),
]
