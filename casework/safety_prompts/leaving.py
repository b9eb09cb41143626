"""Sections about distance: preparing it if they choose to, afterwards, and no contact."""

from casework.safety_prompts.kinds import Both, Section, Setting

SECTIONS = (
    Section(
        "preparing",
        Both("Preparing to leave, if chosen", "Preparar la salida, si así lo decide"),
        Both("Getting ready", "Preparativos"),
        (
            Both(
                "Only if you want this: what would have to be in place first?",
                "Solo si usted lo quiere: ¿qué tendría que estar listo antes?",
            ),
            Both(
                "Where could you stay, for a night and for longer?",
                "¿Dónde podría quedarse, una noche y por más tiempo?",
            ),
            Both("How would you get there, and who may know?", "¿Cómo llegaría y quién puede saberlo?"),
            Both(
                "Is there a day or hour that would be easier?", "¿Hay un día o una hora que sería más fácil?"
            ),
        ),
        {
            Setting.PARTNER: (
                Both(
                    "Money, keys, papers: what can be put aside without being noticed?",
                    "Dinero, llaves, papeles: ¿qué se puede apartar sin que se note?",
                ),
            ),
            Setting.FAMILY: (
                Both(
                    "Who would take over the care you give, or get?",
                    "¿Quién se encargaría del cuidado que usted da o recibe?",
                ),
            ),
            Setting.WORK: (
                Both(
                    "Another post, shift or place: whom could you ask without it coming round?",
                    "Otro puesto, turno o lugar: ¿a quién podría preguntar sin que se sepa?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Would another room, class or schedule help? Who can arrange it?",
                    "¿Ayudaría otro cuarto, clase u horario? ¿Quién puede arreglarlo?",
                ),
            ),
        },
    ),
    Section(
        "after",
        Both("After leaving", "Después de salir"),
        Both("Afterwards", "Después"),
        (
            Both(
                "Who may have the new address, and who must not?",
                "¿Quién puede tener la nueva dirección y quién no?",
            ),
            Both(
                "What would make the new place feel safe: a lock, a light, a neighbour who knows?",
                "¿Qué haría más seguro el nuevo lugar: una cerradura, una luz, un vecino que sepa?",
            ),
            Both(
                "Mail, school, doctor, bank: which of them still know the old address?",
                "Correo, escuela, médico, banco: ¿quién tiene todavía la dirección anterior?",
            ),
        ),
        {
            Setting.PARTNER: (
                Both(
                    "If you want to go back for a while, or for things: how, and with whom?",
                    "Si quiere volver por un tiempo, o por cosas: ¿cómo y con quién?",
                ),
            ),
        },
    ),
    Section(
        "no_contact",
        Both("No-contact plan", "Plan sin contacto"),
        Both("Calls and messages", "Llamadas y mensajes"),
        (
            Both(
                "What do you do when a call, a message or a gift comes?",
                "¿Qué hace si llega una llamada, un mensaje o un regalo?",
            ),
            Both(
                "Do you want to answer, keep it, show it to somebody, or let it be?",
                "¿Quiere contestar, guardarlo, mostrarlo a alguien o dejarlo?",
            ),
            Both(
                "What must still go through somebody: children, money, things? Through whom?",
                "¿Qué tiene que pasar todavía por alguien: hijos, dinero, cosas? ¿Por quién?",
            ),
            Both(
                "If you choose to be in touch again: how would that be safest?",
                "Si decide volver a tener contacto: ¿cómo sería más seguro?",
            ),
        ),
        {
            Setting.FAMILY: (
                Both(
                    "Who in the family passes things on? What would you like them to know?",
                    "¿Quién en la familia cuenta las cosas? ¿Qué le gustaría que supieran?",
                ),
            ),
            Setting.WORK: (
                Both(
                    "Who handles messages, meetings and keys from now on?",
                    "¿Quién se encarga ahora de mensajes, reuniones y llaves?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Is there a no-contact directive? What does it cover, and who answers for it?",
                    "¿Hay una orden escolar de no contacto? ¿Qué incluye y quién responde por ella?",
                ),
            ),
            Setting.STRANGER: (
                Both(
                    "If you see this person again: whom do you tell, and what do you want to remember of it?",
                    "Si vuelve a ver a esa persona: ¿a quién avisa y qué quiere recordar de ello?",
                ),
            ),
        },
    ),
    Section(
        "legal",
        Both("Legal and court days", "Días legales y de tribunal"),
        Both("Dates and papers", "Fechas y papeles"),
        (
            Both(
                "Which days are coming, where, and how do you get there and back?",
                "¿Qué fechas vienen, dónde, y cómo va y vuelve?",
            ),
            Both("Where do you wait, and who sits with you?", "¿Dónde espera y quién se sienta con usted?"),
            Both(
                "If there is an order: where are copies, and who should have one?",
                "Si hay una orden: ¿dónde hay copias y quién debería tener una?",
            ),
        ),
    ),
    Section(
        "bag",
        Both("Bag and documents", "Bolsa y documentos"),
        Both("To have with me", "Para llevar"),
        (
            Both(
                "Papers, or photos of them: identity, health, children, home, immigration.",
                "Papeles o fotos de ellos: identidad, salud, hijos, vivienda, migración.",
            ),
            Both(
                "Medicine, glasses, charger, some money, keys, a thing the children love.",
                "Medicinas, lentes, cargador, algo de dinero, llaves, algo que los niños quieran.",
            ),
            Both(
                "Where can it stay so that nobody asks about it?",
                "¿Dónde puede quedar sin que nadie pregunte?",
            ),
        ),
    ),
)
