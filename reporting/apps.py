from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Reports"

    def ready(self) -> None:
        from casework import joining
        from reporting import demo, trail

        trail.register_models()
        joining.DEMO.add(demo.load)
