"""The owner reads and answers messages in the site. Nobody sees an address: the answer finds its way by itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import can_run_the_site
from tips.cases.models import Conflict, NotAllowed, State
from tips.contact import answering
from tips.contact.forms import AnswerForm, SetAsideForm
from tips.contact.models import CannedAnswer, Message
from tips.guard.doors import only
from tips.practice import care

BOXES = {"waiting": State.WAITING, "answered": State.ANSWERED, "spam": State.SPAM}
SHOWN = 50
owners_only = only(can_run_the_site)


@owners_only
@require_http_methods(["GET", "HEAD"])
def inbox(request: HttpRequest) -> HttpResponse:
    box = request.GET.get("box", "")
    box = box if box in BOXES else "waiting"
    found = Message.objects.filter(case__state=BOXES[box]).select_related("case")
    ordered = found.order_by("-case__priority", "case__opened_at" if box == "waiting" else "-case__opened_at", "pk")
    return render(request, "contact/inbox.html", {"box": box, "letters": ordered[:SHOWN]})


@owners_only
@require_http_methods(["GET", "HEAD", "POST"])
def message_page(request: HttpRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(Message.objects.select_related("case"), case=pk)
    if request.method != "POST":
        canned = CannedAnswer.objects.filter(pk=_number(request.GET.get("words", ""))).first()
        words = canned.text if canned else ""
        return _page(request, message, AnswerForm(initial={"version": message.case.version, "text": words}))
    sends = request.POST.get("action") == "answer"
    form = AnswerForm(request.POST) if sends else SetAsideForm(request.POST)
    if not form.is_valid():
        return _page(request, message, AnswerForm(request.POST), status=422)
    try:
        _act(request, message, form)
    except (Conflict, NotAllowed):
        messages.error(request, "Somebody else dealt with it first, or its address is forgotten by now.")
        return _page(request, message, AnswerForm(request.POST), status=409)
    return _see_other("/desk/messages/")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _act(request: HttpRequest, message: Message, form: AnswerForm | SetAsideForm) -> None:
    by = request.user if isinstance(request.user, User) else None
    version, now = form.cleaned_data["version"], timezone.now()
    match request.POST["action"]:
        case "answer":
            answering.answer(message=message, text=form.cleaned_data["text"], by=by, version=version, now=now)
            messages.success(request, "Your answer is on its way.")
        case "back":
            answering.take_back(case=message.case, by=by, version=version, now=now)
            messages.success(request, "It waits to be read again.")
        case other:
            answering.set_aside(case=message.case, spam=other == "spam", by=by, version=version, now=now)
            messages.success(request, "Done.")


def _page(request: HttpRequest, message: Message, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    context = {
        "message": message,
        "case": message.case,
        "form": form,
        "canned": CannedAnswer.objects.all(),
        "answers": message.answers.all(),
        "cards": care.cards_for(message.case.flags),
    }
    return render(request, "contact/message.html", context, status=status)


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
