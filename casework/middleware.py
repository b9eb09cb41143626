"""What every answer has in common."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def no_store(get_response: Answer) -> Answer:
    """No page is kept by the browser, so that Back after leaving shows nothing.

    Static files never come here: WhiteNoise answers them first.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
