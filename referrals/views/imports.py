"""Packages from elsewhere: send one, see what it would change, apply it or throw it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR
from audit import trail
from casework.exceptions import NotPossible
from casework.paging import page
from referrals import import_page
from referrals.forms.imports import PackageForm
from referrals.models import ImportJob
from referrals.services import imports as service
from vault import uploads

SHOWN = 20


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    form = PackageForm(
        request.POST or None,
        request.FILES or None,
        known=list(service.known_sources()),
        too_large=request.method == "POST" and uploads.too_large(request),
    )
    if request.method == "POST" and form.is_valid():
        job = _kept(form, request)
        if job is not None:
            return redirect("import_job", job.pk)
    jobs = page(
        ImportJob.objects.select_related("created_by"),
        order=("-created_at", "-id"),
        cursor=request.GET.get("cursor"),
        size=SHOWN,
    )
    trail.record("directory.import_seen", details={"shown": len(jobs.rows)})
    rows = [import_page.row(job) for job in jobs.rows]
    nav = {
        side: cursor and f"?cursor={cursor}"
        for side, cursor in (("newer", jobs.newer), ("older", jobs.older))
    }
    shown = {"form": form, "known": service.known_sources(), "rows": rows, **nav}
    return render(request, "referrals/imports/imports.html", shown)


def _kept(form: PackageForm, request: HttpRequest) -> ImportJob | None:
    file = form.cleaned_data["file"]
    try:
        return service.keep_package(
            content=file.read(),
            file_name=file.name,
            source_name=form.cleaned_data["source"],
            by=request.user,
            job_id=form.cleaned_data["form_id"],
        )
    except NotPossible as error:
        form.add_error(error.field or None, str(error))
        return None


@role_required(ADMINISTRATOR)
@require_safe
def import_job(request: HttpRequest, job: UUID) -> HttpResponse:
    record = _job(job)
    trail.record("directory.import_seen", obj=record)
    return render(request, "referrals/imports/job.html", {"job": import_page.shown(record)})


@role_required(ADMINISTRATOR)
@require_safe
def import_progress(request: HttpRequest, job: UUID) -> HttpResponse:
    """The bar alone, asked for every other second; when there is more to see, the page loads itself anew."""
    record = _job(job)
    answer = render(request, "referrals/imports/_progress.html", {"job": import_page.progress(record)})
    if not record.is_moving:
        answer["HX-Refresh"] = "true"
    return answer


@role_required(ADMINISTRATOR)
@require_POST
def import_apply(request: HttpRequest, job: UUID) -> HttpResponse:
    try:
        service.approve(job=_job(job), by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("import_job", job)


@role_required(ADMINISTRATOR)
@require_POST
def import_discard(request: HttpRequest, job: UUID) -> HttpResponse:
    try:
        service.discard(job=_job(job), by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("import_job", job)
    messages.success(request, _("The package is thrown away. Nothing was changed."))
    return redirect("imports")


def _job(pk: UUID) -> ImportJob:
    return get_object_or_404(ImportJob.objects.select_related("created_by", "decided_by"), pk=pk)
