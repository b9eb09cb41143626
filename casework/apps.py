from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "Cases"

    def ready(self) -> None:
        from casework import trail

        trail.register_models()
