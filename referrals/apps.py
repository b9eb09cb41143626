from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Directory and referrals"

    def ready(self) -> None:
        from referrals import joined, trail

        trail.register_models()
        joined.fill()
