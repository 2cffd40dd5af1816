from django.urls import path

from tips.search import staff_views, views

urlpatterns = [
    path("search/", views.results, name="search"),
    path("search.json", views.results_json, name="search_json"),
    path("search/suggest/", views.suggestions, name="suggestions"),
    path("desk/searches/", staff_views.searches, name="searches"),
    path("desk/searches/<int:pk>/stop/", staff_views.stop_promoting, name="stop_promoting"),
]
