from django.apps import AppConfig
from django.core.signals import request_finished, request_started


class VaultConfig(AppConfig):
    name = "vault"

    def ready(self) -> None:
        from vault import checks, keys  # noqa: F401 - models are not loaded before

        request_started.connect(keys.forget_after_request, dispatch_uid="vault-keys-started")
        request_finished.connect(keys.forget_after_request, dispatch_uid="vault-keys-finished")
