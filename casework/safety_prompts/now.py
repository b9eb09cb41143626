"""Sections about how things are now: what this plan is, what they notice, what they do."""

from casework.safety_prompts.kinds import Both, Section, Setting

SECTIONS = (
    Section(
        "about",
        Both("About this plan", "Sobre este plan"),
        Both("Notes", "Notas"),
        (
            Both("What should this plan help with most?", "¿En qué debería ayudar más este plan?"),
            Both(
                "What has kept you safe until now? It may belong in here.",
                "¿Qué le ha servido hasta ahora para estar a salvo? Puede ir aquí.",
            ),
            Both(
                "Is there anything that should not be written down anywhere?",
                "¿Hay algo que no debería quedar escrito en ningún lugar?",
            ),
        ),
    ),
    Section(
        "own_words",
        Both("In their words", "En sus palabras"),
        Both("In my words", "En mis palabras"),
        (
            Both("How would you say what is happening?", "¿Cómo diría usted lo que está pasando?"),
            Both("What do you want most right now?", "¿Qué es lo que más quiere en este momento?"),
            Both("What worries you, and what does not?", "¿Qué le preocupa y qué no?"),
        ),
    ),
    Section(
        "signs",
        Both("Warning signs", "Señales de aviso"),
        Both("What I notice", "Lo que noto"),
        (
            Both(
                "What do you notice before it gets worse: words, looks, days, places?",
                "¿Qué nota antes de que empeore: palabras, miradas, días, lugares?",
            ),
            Both("What does your body tell you?", "¿Qué le dice su cuerpo?"),
            Both(
                "What have others noticed before you did?", "¿Qué han notado otras personas antes que usted?"
            ),
        ),
        {
            Setting.PARTNER: (
                Both(
                    "Do pay days, drinking, visits or a new message change things?",
                    "¿Cambian las cosas los días de pago, la bebida, las visitas o un mensaje nuevo?",
                ),
            ),
            Setting.FAMILY: (
                Both(
                    "Are there times of day or family occasions when it is harder?",
                    "¿Hay horas del día o reuniones familiares en las que es más difícil?",
                ),
            ),
            Setting.WORK: (
                Both(
                    "Does it happen with certain shifts, rooms, trips or closing times?",
                    "¿Ocurre en ciertos turnos, salas, viajes u horas de cierre?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Are there classes, parties, practices or paths where it happens?",
                    "¿Hay clases, fiestas, entrenamientos o caminos donde ocurre?",
                ),
            ),
            Setting.STRANGER: (
                Both(
                    "Where have you seen this person, and at what times?",
                    "¿Dónde ha visto a esa persona y a qué horas?",
                ),
            ),
        },
    ),
    Section(
        "during",
        Both("During an incident", "Durante un incidente"),
        Both("In the moment", "En el momento"),
        (
            Both(
                "Where could you go: a room with a way out, a lit place, a person?",
                "¿A dónde podría ir: un cuarto con salida, un lugar con luz, una persona?",
            ),
            Both(
                "Who could you let know, and with which word or sign?",
                "¿A quién podría avisar y con qué palabra o señal?",
            ),
            Both(
                "What do you want others to do, and what should they leave alone?",
                "¿Qué quiere que hagan los demás y qué no deberían hacer?",
            ),
            Both(
                "Would you want the police? If not, who else?",
                "¿Querría que viniera la policía? Si no, ¿quién?",
            ),
        ),
        {
            Setting.PARTNER: (
                Both(
                    "Which rooms are best kept away from, and which door opens easily?",
                    "¿Qué cuartos conviene evitar y qué puerta se abre con facilidad?",
                ),
            ),
            Setting.FAMILY: (
                Both(
                    "Who in the house is on your side? Whom could you step out to?",
                    "¿Quién en la casa está de su parte? ¿Con quién podría salir?",
                ),
            ),
            Setting.WORK: (
                Both(
                    "Who is near enough to come in? What may you say to end the meeting?",
                    "¿Quién está cerca para entrar? ¿Qué puede decir para terminar la reunión?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Which building is open and staffed? Who walks with you?",
                    "¿Qué edificio está abierto y atendido? ¿Quién le acompaña?",
                ),
            ),
            Setting.STRANGER: (
                Both(
                    "Which shop, stop or office on the way would let you in?",
                    "¿Qué tienda, parada u oficina en el camino le dejaría entrar?",
                ),
            ),
        },
    ),
    Section(
        "in_contact",
        Both("While still in contact", "Mientras siga el contacto"),
        Both("For now", "Por ahora"),
        (
            Both(
                "When is it calmest to meet or talk, and where?",
                "¿Cuándo y dónde es más tranquilo verse o hablar?",
            ),
            Both("Who knows where you are then?", "¿Quién sabe dónde está usted en esos momentos?"),
            Both(
                "What would make things easier for you this week?",
                "¿Qué le haría más fácil esta semana?",
            ),
        ),
        {
            Setting.WORK: (
                Both(
                    "Can tasks go through somebody else, or be put in writing?",
                    "¿Pueden las tareas pasar por otra persona o quedar por escrito?",
                ),
            ),
            Setting.FAMILY: (
                Both(
                    "Which visits do you choose, and how do you get home from them?",
                    "¿Qué visitas elige usted y cómo vuelve de ellas?",
                ),
            ),
        },
    ),
)
