from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = "Directory and referrals"

    def ready(self) -> None:
        from casework import joining
        from referrals import demo_directory, demo_referrals, joined, trail

        trail.register_models()
        joined.fill()
        joining.DEMO.add(demo_directory.load)
        joining.DEMO.add(demo_referrals.load)
