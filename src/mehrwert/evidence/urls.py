"""Routes of the room: public pages below ``/belege/``."""

from django.urls import path

from mehrwert.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.pool_list, name="list"),
    path("plaene/", views.register, name="register"),
    path("plaene/<str:plan_hash>/", views.plan, name="plan"),
    path("plaene/<str:plan_hash>/plan.json", views.plan_json, name="plan_json"),
    path("<int:finding_id>/", views.pool, name="pool"),
    path("<int:finding_id>/befunde.csv", views.pool_csv, name="pool_csv"),
    path("<int:finding_id>/bild.svg", views.pool_svg, name="pool_svg"),
]
