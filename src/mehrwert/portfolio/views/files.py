"""Documents as files."""

from django.http import HttpResponse

from mehrwert.base.errors import NotFoundError
from mehrwert.documents.model import Document


def document_answer(document: Document, name: str, ending: str) -> HttpResponse:
    """Return a document as a file; the writers are loaded when somebody asks for them.

    Raises:
        NotFoundError: No such kind of file.
    """
    if ending == "pdf":
        from mehrwert.documents.pdf import pdf

        body, media_type = pdf(document), "application/pdf"
    elif ending == "odt":
        from mehrwert.documents.odt import odt

        body, media_type = odt(document), "application/vnd.oasis.opendocument.text"
    else:
        raise NotFoundError
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
