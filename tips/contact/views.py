"""Write to the owner."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tips.contact import flows
from tips.contact.forms import ContactForm, ReportForm
from tips.course import asked
from tips.guard import acknowledgements, taking
from tips.practice import care

RECEIPT = "contact"


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "contact/contact.html", {"form": ContactForm()})
    form = ContactForm(request.POST)
    try:
        taken = taking.take(request, form, kind="contact", now=form.now, act=lambda: _send(form))
    except taking.Refused as refused:
        return refused.answer(request, "contact/contact.html", {"form": form})
    response = _to_receipt(taken)
    if form.cleaned_data["course"]:
        asked.remember(response, form.cleaned_data["email"], now=form.now)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = ReportForm(initial={"of": request.GET.get("of", "")[:200]})
        return render(request, "contact/report.html", {"form": form})
    form = ReportForm(request.POST)
    try:
        taken = taking.take(request, form, kind="report", now=form.now, act=lambda: _report(form))
    except taking.Refused as refused:
        return refused.answer(request, "contact/report.html", {"form": form})
    return _to_receipt(taken)


def _report(form: ReportForm) -> dict[str, Any]:
    said = form.cleaned_data
    return flows.send(
        name="",
        email=said["email"],
        text=form.text,
        about=said["of"] or "/",
        reason=said["reason"],
        wants_course=False,
        signals=form.signals,
        now=form.now,
    )


def _to_receipt(taken: taking.Taken) -> HttpResponse:
    response = HttpResponseRedirect(reverse("contact_received"))
    response.status_code = 303
    acknowledgements.remember(response, RECEIPT, taken.nonce)
    return response


def _send(form: ContactForm) -> dict[str, Any]:
    said = form.cleaned_data
    return flows.send(
        name=said["name"],
        email=said["email"],
        text=said["message"],
        wants_course=said["course"],
        signals=form.signals,
        now=form.now,
    )


@require_http_methods(["GET", "HEAD"])
@never_cache
def received(request: HttpRequest) -> HttpResponse:
    receipt = acknowledgements.recall(request, RECEIPT, now=timezone.now())
    if receipt is None:
        return render(request, "contact/received_elsewhere.html")
    cards = care.cards_for(receipt["flags"]) if receipt["level"] in care.URGENCY else []
    return render(request, "contact/received.html", {"receipt": receipt, "cards": cards})
