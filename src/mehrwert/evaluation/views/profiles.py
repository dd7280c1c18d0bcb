"""Forms of council papers: list, look, change with preview, versions (DOC-187)."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs, render_page
from mehrwert.base.http_errors import sentence_of
from mehrwert.documents import html as html_writer
from mehrwert.evaluation import access, actions
from mehrwert.evaluation.council_paper import DEFAULT, Profile, built_in_profiles
from mehrwert.evaluation.council_paper.profile import SECTION_NAMES, built_in_text
from mehrwert.evaluation.council_paper.profile_form import ProfileForm
from mehrwert.evaluation.forms import HouseTemplateForm
from mehrwert.evaluation.house_templates import Shown, list_templates
from mehrwert.evaluation.papers import example_of
from mehrwert.evaluation.profiles import known_profiles, versions_of
from mehrwert.evaluation.views.common import address, crumbs, posted

_KEY_LINE = re.compile(r"^key:.*$", re.MULTILINE)
_NAME_LINE = re.compile(r"^name:.*$", re.MULTILINE)
_COMMENT = re.compile(r"^#.*\n", re.MULTILINE)


@needs("read")
@require_safe
def profile_list(request: HttpRequest) -> HttpResponse:
    """List the forms that papers may take: those that come along, and own ones."""
    return list_page(request)


def list_page(request: HttpRequest, form: HouseTemplateForm | None = None) -> HttpResponse:
    """Return the list with the templates of the house, and a form that was refused."""
    along = built_in_profiles()
    context = {
        "crumbs": crumbs(request, None, gettext("Formen der Ratsvorlage")),
        "rows": [
            {
                "profile": one,
                "is_own": key not in along,
                "url": _url(request, "profile", key),
                "copy_url": f"{address(request, 'profile_new')}?von={key}",
            }
            for key, one in known_profiles().items()
        ],
        "may_edit": request.can("decide"),  # type: ignore[attr-defined]
        "new_url": f"{address(request, 'profile_new')}?von={DEFAULT}",
        "templates": [_template(request, one) for one in list_templates()],
        "template_form": form or HouseTemplateForm(),
        "template_url": address(request, "template_save"),
    }
    status = 422 if form is not None and form.errors else 200
    return render_page(request, "evaluation/profiles.html", context, status)


def _template(request: Any, one: Shown) -> dict[str, Any]:
    kwargs = {"mandant": request.tenant.slug, "kind": one.kind}
    return {
        "kind": one.kind,
        "label": {"odt": "ODT (LibreOffice)", "docx": "DOCX (Word)"}[one.kind],
        "row": one.row,
        "kilobytes": len(one.row.content) // 1000 if one.row else 0,
        "sample_url": reverse("evaluation:template_sample", kwargs=kwargs),
        "remove_url": reverse("evaluation:template_remove", kwargs=kwargs),
    }


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def profile_new(request: HttpRequest) -> HttpResponse:
    """Begin a form from another one."""
    text = _own_copy(_text_of(access.find_profile(request.GET.get("von", DEFAULT))))
    return _editor(request, text, gettext("Neue Form der Ratsvorlage"))


@needs("decide")
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change an own form: what is saved is its next version."""
    profile = access.find_profile(key)
    if key in built_in_profiles():
        return redirect(_url(request, "profile", key))
    return _editor(request, _text_of(profile), profile.name)


@needs("read")
@require_safe
def profile(request: HttpRequest, key: str) -> HttpResponse:
    """Show a form as text and as the paper it makes, and its versions."""
    found = access.find_profile(key)
    is_own = key not in built_in_profiles()
    context = {
        "crumbs": [*_way(request), (found.name, "")],
        "profile": found,
        "text": _text_of(found),
        "is_own": is_own,
        "versions": versions_of(key),
        "preview": _preview(found),
        "may_edit": request.can("decide"),  # type: ignore[attr-defined]
        "edit_url": _url(request, "profile_edit", key),
        "copy_url": f"{address(request, 'profile_new')}?von={key}",
    }
    return render_page(request, "evaluation/profile.html", context)


def _editor(request: HttpRequest, text: str, title: str) -> HttpResponse:
    """Show text and preview side by side; ``sichern`` saves, everything else only looks."""
    form = ProfileForm(posted(request), initial={"text": text})
    is_valid = form.is_bound and form.is_valid()
    if is_valid and "sichern" in request.POST:
        try:
            row = actions.save_profile(form.cleaned_data["text"], actor=actor_of(request))
        except MehrwertError as error:
            form.add_error("text", sentence_of(error))
        else:
            messages.success(request, gettext("Die Form ist gespeichert."))
            return redirect(_url(request, "profile", row.key))
    shown = form.profile if form.is_bound else _read(text)
    context: dict[str, Any] = {
        "form": form,
        "preview": _preview(shown) if shown else "",
        "preview_url": request.get_full_path(),
    }
    if request.headers.get("HX-Request"):
        return render_page(request, "evaluation/parts/profile_preview.html", context)
    context |= {
        "crumbs": [*_way(request), (title, "")],
        "title": title,
        "sections": [(key, gettext(name)) for key, name in SECTION_NAMES.items()],
        "back_url": address(request, "profiles"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render_page(request, "evaluation/profile_edit.html", context, status)


def _read(text: str) -> Profile | None:
    form = ProfileForm({"text": text})
    return form.profile if form.is_valid() else None


def _preview(profile: Profile) -> SafeString:
    """Return the newest paper of the municipality in this form, or an empty one."""
    return mark_safe(html_writer.fragment(example_of(profile), level=2))  # noqa: S308 - our own writer, every text escaped


def _text_of(profile: Profile) -> str:
    if profile.key in built_in_profiles():
        return built_in_text(profile.key)
    return str(versions_of(profile.key)[0].text)


def _own_copy(text: str) -> str:
    """Return the text with a name of its own, so that saving makes a new form."""
    named = _NAME_LINE.sub(lambda _: f"name: {gettext('Unsere Form')}", _COMMENT.sub("", text), 1)
    return _KEY_LINE.sub("key: unsere-form", named, 1).strip()


def _way(request: HttpRequest) -> list[tuple[str, str]]:
    way = crumbs(request, None, gettext("Formen der Ratsvorlage"))
    return [*way[:-1], (way[-1][0], address(request, "profiles"))]


def _url(request: Any, name: str, key: str) -> str:
    return reverse(f"evaluation:{name}", kwargs={"mandant": request.tenant.slug, "key": key})
