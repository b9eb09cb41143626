"""Uploads stay in memory. Django's own handlers put larger ones in the temporary directory, in clear."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest


class MemoryOnlyHandler(FileUploadHandler):
    """``MAX_UPLOAD_BYTES`` for all files of a request together.

    A file beyond that is left out and noted on the request, so that the page can say so with
    everything else that was typed still there. A request many times too large is cut off.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > settings.MAX_UPLOAD_BYTES:
            self.file = BytesIO()
            self.request.upload_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=True) if self._is_absurd() else SkipFile
        self.file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def _is_absurd(self) -> bool:
        length = int(self.request.META.get("CONTENT_LENGTH") or 0)  # type: ignore[union-attr]
        return length > 10 * int(settings.MAX_UPLOAD_BYTES)


def too_large(request: HttpRequest) -> bool:
    """Was a file of this request left out for its size?"""
    _ = request.FILES  # parse first
    return bool(getattr(request, "upload_too_large", False))
