"""What the form's little script asks for while somebody writes: keep this, take this photo, is there one like mine."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from accounts.pseudonym import pseudonym
from tips.guard import buckets, drafts, taking
from tips.guard.origin import refuse_foreign
from tips.photos.links import author_link
from tips.photos.taking import Busy, Unusable, take_photo
from tips.sharing import album, drafting, similar
from tips.sharing.forms import ReplyForm, StoryForm
from tips.text.clean import one_line


@require_POST
@csrf_exempt
@never_cache
def keep(request: HttpRequest) -> HttpResponse:
    """204 when it is kept. What cannot be stored answers 503 (backsite.trouble)."""
    refuse_foreign(request)
    slug = request.GET.get("of", "")[:80]
    name, form = (drafting.of_reply(slug), ReplyForm) if slug else (drafting.SHARE, StoryForm)
    response = HttpResponse(status=204)
    try:
        drafting.keep(request, response, name, drafting.typed(request, form(request.POST)), now=timezone.now())
    except drafts.TooLarge:
        return HttpResponse(status=413)
    except drafting.Full as error:
        return _wait(error.args[0])
    return response


@require_POST
@csrf_exempt
@never_cache
def forget(request: HttpRequest) -> HttpResponse:
    refuse_foreign(request)
    said = {name: values for name in ("kind", "about") if (values := request.GET.getlist(name))}
    response = HttpResponseRedirect(f"/share/?{urlencode(said, doseq=True)}" if said else "/share/")
    response.status_code = 303
    drafting.forget(request, response, now=timezone.now())
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_POST
@csrf_exempt
@never_cache
def photo(request: HttpRequest) -> HttpResponse:
    """One photo, stored when this answers: `{"id", "src", "width", "height"}`, or `{"said"}` with what to do."""
    refuse_foreign(request)
    now = timezone.now()
    uploaded = request.FILES.get("photo")
    if uploaded is None:
        return JsonResponse({"said": "Please choose a photo first."}, status=422)
    wait = buckets.take("photo", pseudonym(request), now=now)
    if wait:
        return _wait(wait)
    try:
        taken = take_photo(uploaded=uploaded, now=now)
    except Unusable as error:
        return JsonResponse({"said": album.named(uploaded, str(error))}, status=422)
    except Busy as error:
        return JsonResponse({"said": str(error)}, status=503, headers={"Retry-After": str(taking.TRY_AGAIN_AFTER)})
    said = {"id": taken.public_id, "src": author_link(taken, now=now), "width": taken.width, "height": taken.height}
    return JsonResponse(said, status=201)


@require_safe
def alike(request: HttpRequest) -> JsonResponse:
    found = similar.similar(one_line(request.GET.get("q", "")[:200]))
    return JsonResponse({"suggestions": [{"text": page.title, "url": page.get_absolute_url()} for page in found]})


def _wait(seconds: int) -> HttpResponse:
    said = taking.TOO_MANY.format(wait=taking.in_words(seconds))
    return JsonResponse({"said": said}, status=429, headers={"Retry-After": str(seconds)})
