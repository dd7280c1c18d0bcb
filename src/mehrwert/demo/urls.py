"""Routes of the room."""

from django.urls import path

from mehrwert.demo import views

app_name = "demo"
urlpatterns = [
    path("rolle/", views.role, name="role"),
    path("geschichte/", views.story, name="story"),
    path("geschichte/<slug:key>/", views.story_step, name="story_step"),
]
