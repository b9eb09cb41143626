"""What the case page shows of contact with the person who caused harm: as it is now, nothing counted."""

from dataclasses import dataclass

from casework import harm_history
from casework.harm_choices import State
from casework.harm_reading import HarmReading

SHOWN = (State.AT_STAKE, State.ARRANGING, State.IN_PLACE)


@dataclass(frozen=True)
class Card:
    now: list[tuple[str, str, str]]  # who (where there are several), what, since when
    rests: list[tuple[str, str]]  # a state and the areas that are so
    looking: list[str]  # areas with which they look for support
    orders: list[tuple[str, str, bool]]  # kind, when it ends, whether that is soon

    @property
    def is_empty(self) -> bool:
        return not (self.now or self.rests or self.orders)


def card(reading: HarmReading) -> Card:
    return Card(
        now=[
            (
                one.who,
                str(one.now.get_value_display()),
                harm_history.day_words(one.now.happened_on, one.now.precision),
            )
            for one in reading.histories
        ],
        rests=[
            (group.title, ", ".join(str(row.get_area_display()) for row in group.rows))
            for group in reading.groups
            if group.state in SHOWN
        ],
        looking=[str(row.get_area_display()) for row in reading.rests_now.values() if row.looking_since],
        orders=[
            (
                str(order.get_kind_display()),
                harm_history.ending_words(order, reading.today),
                harm_history.ends_soon(order, reading.today),
            )
            for order in reading.orders_standing
        ],
    )
