"""Routes without a sign-in: the link in an invitation to the review."""

from django.urls import path

from mehrwert.evaluation.views import voices

app_name = "evaluation_open"
urlpatterns = [path("<slug:token>/", voices.voice, name="voice")]
