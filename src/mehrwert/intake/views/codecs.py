"""Codecs: the list, one codec with the verdict on its examples, a codec of one's own."""

import json
import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mehrwert.base.errors import MehrwertError
from mehrwert.base.http import actor_of, needs
from mehrwert.base.http_errors import sentence_of
from mehrwert.base.paging import paginate
from mehrwert.intake import access, actions, presenting, queries
from mehrwert.intake.choices import CodecOrigin, CodecState
from mehrwert.intake.codecs import Call, trial_sandbox
from mehrwert.intake.forms import CodecForm, TryForm
from mehrwert.intake.models import Codec
from mehrwert.intake.presenting import address
from mehrwert.intake.rules.codec_input import parse_bytes
from mehrwert.intake.rules.description import measures_of

from .shared import FORM, page


@needs("read")
@require_safe
def codec_list(request: Any) -> HttpResponse:
    """Show the codecs in use and the device types that come with Mehrwert."""
    shown = paginate(request, queries.list_codecs(), size=50)
    context = {
        "page": shown,
        "lines": [(row, *presenting.codec_state(row)) for row in shown.items],
        "types": queries.list_device_types(),
        "tab": "codecs",
    }
    return page(request, "intake/codecs.html", context)


@needs("read")
@require_safe
def codec(request: Any, codec_id: int) -> HttpResponse:
    """Show one version: what it measures, its examples, its script."""
    return _codec_page(request, access.find_codec(codec_id), TryForm(), None)


@needs("import_data")
@require_POST
def codec_try(request: Any, codec_id: int) -> HttpResponse:
    """Run a codec on bytes that somebody typed; nothing is stored."""
    row, form = access.find_codec(codec_id), TryForm(request.POST)
    shown = None
    if form.is_valid():
        try:
            call = Call(
                parse_bytes(form.cleaned_data["payload"]),
                form.cleaned_data["f_port"],
                int(time.time() * 1000),
            )
        except MehrwertError as error:
            form.add_error("payload", sentence_of(error))
        else:
            shown = _tried(row, call)
    return _codec_page(request, row, form, shown)


@needs("import_data")
@require_http_methods(FORM)
def codec_new(request: Any) -> HttpResponse:
    """Write a codec of one's own."""
    form = CodecForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        slug = f"eigen-{slugify(form.cleaned_data['name'])[:50]}"
        if (row := _saved(request, form, slug)) is not None:
            return redirect(address(request, "codec", codec_id=row.pk))
    return _form_page(request, form, gettext("Eigener Codec"), address(request, "codec_list"))


@needs("import_data")
@require_http_methods(FORM)
def codec_edit(request: Any, codec_id: int) -> HttpResponse:
    """Write a new version of a codec."""
    old = access.find_codec(codec_id)
    form = CodecForm(request.POST or None, initial=CodecForm.initial_of(old))
    back = address(request, "codec", codec_id=old.pk)
    row = _saved(request, form, old.slug, old) if form.is_bound and form.is_valid() else None
    if row is not None:
        return redirect(address(request, "codec", codec_id=row.pk))
    return _form_page(request, form, gettext("Neue Fassung"), back)


@needs("import_data")
@require_POST
def codec_switch(request: Any, codec_id: int) -> HttpResponse:
    """Switch a codec off, or on again if its examples pass."""
    row = access.find_codec(codec_id)
    if row.state == CodecState.ACTIVE.value:
        actions.stop_codec(row, actor=actor_of(request))
        messages.success(request, gettext("Der Codec ist abgeschaltet. Nachrichten warten."))
    elif actions.reactivate_codec(row, actor=actor_of(request)):
        messages.success(request, gettext("Die Beispiele bestehen. Der Codec ist aktiv."))
    else:
        messages.error(request, gettext("Die Beispiele bestehen nicht. Der Codec bleibt aus."))
    return redirect(address(request, "codec", codec_id=row.pk))


def _saved(request: Any, form: CodecForm, slug: str, old: Codec | None = None) -> Codec | None:
    given = form.cleaned_data
    about = {**(old.description if old else {}), "measures": given["measures"]}
    about["source"] = given["source"]
    try:
        row = actions.save_codec(
            slug,
            name=given["name"],
            script=given["script"],
            description=about,
            examples=given["examples"],
            actor=actor_of(request),
            origin=CodecOrigin.OWN,
        )
    except MehrwertError as error:
        form.add_error("examples", sentence_of(error))
        return None
    if row.state == CodecState.ACTIVE.value:
        messages.success(request, gettext("Alle Beispiele bestehen. Der Codec ist aktiv."))
    else:
        messages.warning(
            request, gettext("Gespeichert, aber nicht aktiv: Nicht alle Beispiele bestehen.")
        )
    return row


def _form_page(request: Any, form: CodecForm, title: str, back: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "submit": gettext("Beispiele ausführen und speichern"),
        "cancel_url": back,
        "help": gettext(
            "Ein Codec macht aus den Bytes eines Geräts Messwerte. Er läuft abgeschottet:"
            " ohne Dateien, ohne Netz, höchstens 100 ms und 16 MB je Nachricht. Wer dreimal in zehn"
            " Minuten angehalten werden muss, wird abgeschaltet."
        ),
    }
    way = (gettext("Codecs"), address(request, "codec_list"))
    return page(request, "intake/form.html", context, way, (title, ""))


def _tried(row: Codec, call: Call) -> dict[str, Any]:
    outcome = trial_sandbox().decode(f"try/{row.tenant_id}/{row.pk}", row.script, [call])[0]
    told = [*outcome.errors]
    if outcome.trouble is not None:
        told.append(presenting.error_sentence(f"{outcome.trouble}:{outcome.text}"))
    text = "" if outcome.data is None else json.dumps(outcome.data, ensure_ascii=False, indent=2)
    return {"data": text, "warnings": outcome.warnings, "errors": told}


def _codec_page(request: Any, row: Codec, form: TryForm, tried: Any) -> HttpResponse:
    label, tag = presenting.codec_state(row)
    context = {
        "codec": row,
        "label": label,
        "tag": tag,
        "measures": measures_of(row.description).values(),
        "verdicts": presenting.verdict_lines(row),
        "form": form,
        "tried": tried,
    }
    way = (gettext("Codecs"), address(request, "codec_list"))
    return page(request, "intake/codec.html", context, way, (str(row), ""))
