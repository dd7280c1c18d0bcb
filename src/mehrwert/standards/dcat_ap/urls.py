"""Routes below ``/dcat/``."""

from django.urls import path

from . import views

app_name = "dcat_ap"

urlpatterns = [
    path("catalog.<str:form>", views.catalogue, name="catalogue"),
    path("adms.<str:form>", views.assets, name="assets"),
    path("cpsv.<str:form>", views.services, name="services"),
    path("daten/<str:name>", views.dump_file, name="dump_file"),
]
