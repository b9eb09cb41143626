"""Steps and events of referrals are added and never changed: the database itself refuses the rest."""

from typing import Final

from audit.triggers import Table

TABLES: Final = (
    Table("referrals_referralstep", "SELECT 1 FROM referrals_referralstep WHERE id = NEW.id"),
    Table("referrals_referralevent", "SELECT 1 FROM referrals_referralevent WHERE id = NEW.id"),
)
