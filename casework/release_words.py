"""What stands on a release and in an account of what left, in English and Spanish side by side.

This is read by the person it is about, on paper and aloud, whatever language the screen has.
"""

from casework.safety_prompts import Both
from clients.release_choices import Basis, Capacity, Item, Means, SignedHow

TITLE = Both("My permission to share", "Mi permiso para compartir")
ACCOUNT_TITLE = Both("What was given out", "Lo que se entregó")

ITEMS: dict[str, Both] = {
    Item.NAME: Both("My name, or what I am called", "Mi nombre, o cómo me llaman"),
    Item.PHONE: Both("A phone number", "Un número de teléfono"),
    Item.SAFE_CONTACT: Both("How it is safe to reach me", "Cómo es seguro comunicarse conmigo"),
    Item.EMAIL: Both("An email address", "Una dirección de correo electrónico"),
    Item.ADDRESS: Both("Where I live or stay", "Dónde vivo o me quedo"),
    Item.AGE_BAND: Both("My age, roughly", "Mi edad, más o menos"),
    Item.BIRTH_DATE: Both("My date of birth", "Mi fecha de nacimiento"),
    Item.LANGUAGE: Both("My language, and an interpreter", "Mi idioma, y un intérprete"),
    Item.ACCESS_NEEDS: Both("What makes it easier for me to take part", "Lo que me facilita participar"),
    Item.HOUSEHOLD: Both("Who lives with me", "Quién vive conmigo"),
    Item.CHILDREN: Both("My children", "Mis hijos o hijas"),
    Item.NEEDS: Both("What I need help with", "En qué necesito ayuda"),
    Item.SITUATION: Both("What is going on", "Lo que está pasando"),
    Item.SAFETY: Both("What to mind, so that nothing happens", "Qué cuidar, para que no pase nada"),
    Item.ORDER: Both("Papers of a court", "Papeles de un tribunal"),
    Item.DOCUMENTS: Both("These papers", "Estos papeles"),
    Item.OTHER: Both("Something else", "Algo más"),
}
MEANS: dict[str, Both] = {
    Means.PHONE: Both("by phone", "por teléfono"),
    Means.EMAIL: Both("by email", "por correo electrónico"),
    Means.LETTER: Both("by letter", "por carta"),
    Means.IN_PERSON: Both("in person", "en persona"),
    Means.SECURE_PORTAL: Both("through a protected site", "por un sitio protegido"),
    Means.FAX: Both("by fax", "por fax"),
}
STATEMENT = (
    Both(
        "Signing this is my choice. Whatever I decide, I get the same help here as before.",
        "Firmar esto es mi decisión. Decida lo que decida, aquí recibo la misma ayuda que antes.",
    ),
    Both(
        "Only what is written here may be shared, only with whom it says, only in this way, and only until"
        " this day. Nothing else.",
        "Solo se puede compartir lo que está escrito aquí, solo con quien se indica, solo de esta manera y"
        " solo hasta este día. Nada más.",
    ),
    Both(
        "I can take this back at any time, and saying so is enough: in person or by phone. From then on"
        " nothing more is shared. What was shared before cannot be called back.",
        "Puedo retirarlo en cualquier momento, y basta con decirlo: en persona o por teléfono. Desde ese"
        " momento no se comparte nada más. Lo que ya se compartió no se puede recuperar.",
    ),
    Both(
        "Whoever gets it may have other rules about keeping it to themselves than this office has.",
        "Quien lo reciba puede tener otras reglas que esta oficina para guardarlo en reserva.",
    ),
    Both(
        "It ends by itself after the last day, and earlier if I stop working with this office.",
        "Termina por sí solo después del último día, y antes si dejo de trabajar con esta oficina.",
    ),
    Both(
        "I could also tell them myself, without signing anything.",
        "También podría decírselo yo, sin firmar nada.",
    ),
    Both(
        "I can have a copy, if it is safe for me to keep one.",
        "Puedo tener una copia, si para mí es seguro guardarla.",
    ),
)
WHO = Both("This office may share with", "Esta oficina puede compartir con")
WHAT = Both("What it may share, in these words", "Lo que puede compartir, con estas palabras")
WHAT_FOR = Both("What it is for", "Para qué es")
NEVER = Both("What must not be shared", "Lo que no se debe compartir")
HOW = Both("How", "Cómo")
UNTIL = Both("Until when", "Hasta cuándo")
LAST_DAY = Both(
    "Until the end of %(day)s: at midnight after that day it is over.",
    "Hasta el final del %(day)s: a medianoche, después de ese día, se termina.",
)
KNOWS = Both("What I know", "Lo que sé")
INTERPRETED = Both("An interpreter read it to me: %(name)s", "Me lo leyó un intérprete: %(name)s")

SIGNED = Both("Signed", "Firmado")
SIGNATURE = Both("Signature", "Firma")
PRINTED_NAME = Both("Name", "Nombre")
DATE = Both("Date and time", "Fecha y hora")
ADULT = Both("Parent or guardian: signature", "Madre, padre o tutor: firma")
OFFICE = Both("Office", "Oficina")
WITNESS = Both("Witness, if I want one", "Testigo, si quiero")
TAKEN_BACK = Both("Taken back on %(day)s", "Retirado el %(day)s")
HOW_SIGNED: dict[str, Both] = {
    SignedHow.DRAWN: Both("drawn on a screen", "dibujada en una pantalla"),
    SignedHow.TYPED: Both("typed", "escrita con teclado"),
    SignedHow.SCAN: Both("on paper", "en papel"),
    SignedHow.PAPER: Both("on paper", "en papel"),
}
CAPACITY: dict[str, Both] = {
    Capacity.SELF: Both("for myself", "por mí"),
    Capacity.MINOR_WITH_ADULT: Both(
        "together with my parent or guardian", "junto con mi madre, padre o tutor"
    ),
    Capacity.MINOR_ALONE: Both("alone, as the law allows", "por mi cuenta, como lo permite la ley"),
    Capacity.GUARDIAN: Both("by a guardian a court appointed", "por un tutor nombrado por un tribunal"),
}

# --- The account -------------------------------------------------------------------------------

BASIS: dict[str, Both] = {
    Basis.RELEASE: Both("I had agreed to it in writing", "Yo lo había permitido por escrito"),
    Basis.HERSELF: Both("It was given to me", "Me lo dieron a mí"),
    Basis.COMPELLED: Both("A court or a law required it", "Un tribunal o una ley lo exigió"),
    Basis.OWN_WORK: Both(
        "Somebody of this office took it out for their work",
        "Alguien de esta oficina lo sacó para su trabajo",
    ),
}
SOURCES: dict[str, Both] = {
    "plan_copy": Both("A copy of a plan", "Una copia de un plan"),
    "release_paper": Both("A permission, printed for signing", "Un permiso, impreso para firmar"),
    "release_copy": Both("A copy of a permission", "Una copia de un permiso"),
    "account_copy": Both("A copy of this account", "Una copia de esta cuenta"),
    "file_download": Both("A file", "Un archivo"),
    "scan_download": Both("The picture of a signed page", "La imagen de una página firmada"),
    "calendar_file": Both("Days for a calendar, without a name", "Días para un calendario, sin nombre"),
    "share_sheet": Both("A sheet with places", "Una hoja con lugares"),
    "referral": Both("A request for help to another office", "Una solicitud de ayuda a otra oficina"),
    "compelled": Both("What was required", "Lo que se exigió"),
    "by_hand": Both("Something shared", "Algo compartido"),
}
TO_ME = Both("to me", "a mí")
THIS_OFFICE = Both("stayed with this office", "quedó en esta oficina")
BY = Both("by", "por")
NOTHING_LEFT = Both("Nothing was given out.", "No se entregó nada.")
ACCOUNT_LEAD = Both(
    "Everything that left this office about me, and everything given to me, as it was written down.",
    "Todo lo que salió de esta oficina sobre mí, y todo lo que me dieron, como quedó escrito.",
)
