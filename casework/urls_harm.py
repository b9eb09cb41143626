"""Contact history, orders and risk tools: under ``/cases/<code>/``, through the door."""

from django.urls import path

from casework.views import harm_contact, orders, risk

urlpatterns = [
    # history/
    path("history/", harm_contact.harm_contact, name="harm_contact"),
    path("history/new/", harm_contact.harm_contact_new, name="harm_contact_new"),
    path("history/<uuid:entry>/strike/", harm_contact.harm_contact_strike, name="harm_contact_strike"),
    path("history/<uuid:entry>/restore/", harm_contact.harm_contact_restore, name="harm_contact_restore"),
    path("history/rests/new/", harm_contact.rests_new, name="rests_new"),
    path("history/rests/<uuid:rest>/looking/", harm_contact.rests_looking, name="rests_looking"),
    path("history/rests/<uuid:rest>/strike/", harm_contact.rests_strike, name="rests_strike"),
    path("history/rests/<uuid:rest>/restore/", harm_contact.rests_restore, name="rests_restore"),
    # orders/
    path("orders/new/", orders.order_new, name="order_new"),
    path("orders/<uuid:order>/edit/", orders.order_edit, name="order_edit"),
    path("orders/<uuid:order>/strike/", orders.order_strike, name="order_strike"),
    path("orders/<uuid:order>/restore/", orders.order_restore, name="order_restore"),
    path("orders/<uuid:order>/log/new/", orders.breach_new, name="breach_new"),
    path("orders/log/<uuid:breach>/strike/", orders.breach_strike, name="breach_strike"),
    path("orders/log/<uuid:breach>/restore/", orders.breach_restore, name="breach_restore"),
    # assessments/
    path("assessments/", risk.risk_new, name="risk_new"),
    path("assessments/<uuid:risk>/strike/", risk.risk_strike, name="risk_strike"),
    path("assessments/<uuid:risk>/restore/", risk.risk_restore, name="risk_restore"),
]
