"""The words for which plainer ones are offered: the agency's own list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR
from audit import trail
from casework.exceptions import NotPossible
from casework.forms.wording import WordForm
from casework.models import WordHint
from casework.services import wording

Row = tuple[WordHint, WordForm]


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def word_hints(request: HttpRequest) -> HttpResponse:
    """A form for a new word, and one for each there is: the hidden ``hint`` says which was sent."""
    sent = request.POST.get("hint", "") if request.method == "POST" else ""
    new = WordForm(request.POST if request.method == "POST" and not sent else None)
    rows = [_row(hint, request, sent) for hint in WordHint.objects.order_by("language", "word")]
    if sent and not any(str(hint.pk) == sent for hint, _form in rows):
        raise Http404
    if _saved(new, rows, request, sent):
        messages.success(request, _("Saved."))
        return redirect("word_hints")
    trail.record("settings.read")
    languages = [
        (label, [row for row in rows if row[0].language == code]) for code, label in WordHint.Language.choices
    ]
    return render(request, "casework/upkeep/words.html", {"new": new, "languages": languages})


def _row(hint: WordHint, request: HttpRequest, sent: str) -> Row:
    data = request.POST if str(hint.pk) == sent else None
    initial = {"language": hint.language, "word": hint.word, "suggestion": hint.suggestion}
    return hint, WordForm(data, prefix=str(hint.pk), initial=initial)


def _saved(new: WordForm, rows: list[Row], request: HttpRequest, sent: str) -> bool:
    if request.method != "POST":
        return False
    hint, form = next((row for row in rows if str(row[0].pk) == sent), (None, new))
    if hint and "remove" in request.POST:
        wording.remove_hint(hint=hint, by=request.user)
        return True
    if not form.is_valid():
        return False
    try:
        if hint is None:
            wording.add_hint(by=request.user, **form.cleaned_data)
        else:
            wording.change_hint(hint=hint, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        form.add_error(error.field, str(error))
        return False
    return True
