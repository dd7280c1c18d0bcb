"""Routes of the room: public pages below ``/belege/``."""

from django.urls import path

from mehrwert.evidence.views import keys, pools

app_name = "evidence"
urlpatterns = [
    path("", pools.pool_list, name="list"),
    path("schluessel/", keys.key_list, name="keys"),
    path("schluessel/<int:tenant_id>/<str:kind>/<str:key>/", keys.key, name="key"),
    path("plaene/", pools.register, name="register"),
    path("plaene/<str:plan_hash>/", pools.plan, name="plan"),
    path("plaene/<str:plan_hash>/plan.json", pools.plan_json, name="plan_json"),
    path("<int:finding_id>/", pools.pool, name="pool"),
    path("<int:finding_id>/befunde.csv", pools.pool_csv, name="pool_csv"),
    path("<int:finding_id>/bild.svg", pools.pool_svg, name="pool_svg"),
]
