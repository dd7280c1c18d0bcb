"""Routes of the room for whoever runs the installation."""

from django.urls import path

from mehrwert.alerts.views import gateway

app_name = "alerts_operate"
urlpatterns = [
    path("", gateway.sms, name="sms"),
    path("probe/", gateway.test_sms, name="test_sms"),
]
