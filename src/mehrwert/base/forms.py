"""Forms look the same everywhere: ``FORM_RENDERER = "mehrwert.base.forms.Renderer"``."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Error summary on top, then label, hint, input, error."""

    form_template_name = "base/forms/form.html"
    field_template_name = "base/forms/field.html"
