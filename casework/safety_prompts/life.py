"""Sections about everybody and everything around them."""

from casework.safety_prompts.kinds import Both, Section, Setting

SECTIONS = (
    Section(
        "children",
        Both("Children and dependants", "Hijos y personas a su cargo"),
        Both("Family", "Familia"),
        (
            Both(
                "What do they know already, and what would you like them to know?",
                "¿Qué saben ya y qué le gustaría que supieran?",
            ),
            Both(
                "Where do they go, and to whom, when it gets loud?",
                "¿A dónde van, y con quién, cuando hay gritos?",
            ),
            Both(
                "Who may pick them up? Has the school or the carer been told?",
                "¿Quién puede recogerlos? ¿Lo sabe la escuela o quien los cuida?",
            ),
        ),
        {
            Setting.PARTNER: (
                Both(
                    "If the other parent sees them: where, when, who hands them over?",
                    "Si el otro padre o madre los ve: ¿dónde, cuándo y quién los entrega?",
                ),
            ),
            Setting.FAMILY: (
                Both(
                    "Is there somebody in the family they should not be alone with?",
                    "¿Hay alguien en la familia con quien no deberían quedarse a solas?",
                ),
            ),
        },
    ),
    Section(
        "animals",
        Both("Animals", "Animales"),
        Both("Animals", "Animales"),
        (
            Both(
                "Who could take them, tonight or for longer?",
                "¿Quién podría cuidarlos, hoy o por más tiempo?",
            ),
            Both(
                "Papers, food, medicine, carrier: where are they?",
                "Papeles, comida, medicinas, transportadora: ¿dónde están?",
            ),
        ),
    ),
    Section(
        "places",
        Both("Work, school, public places", "Trabajo, escuela, lugares públicos"),
        Both("Out and about", "Fuera de casa"),
        (
            Both(
                "Who there could know, and what exactly would you tell them?",
                "¿Quién allí podría saberlo y qué le diría exactamente?",
            ),
            Both(
                "Coming and going: can ways and times change now and then?",
                "Al ir y venir: ¿pueden cambiar a veces los caminos y las horas?",
            ),
            Both(
                "What happens if somebody turns up or calls there?",
                "¿Qué pasa si alguien se presenta o llama allí?",
            ),
        ),
        {
            Setting.WORK: (
                Both(
                    "Is there a person outside the line of command you can turn to?",
                    "¿Hay alguien fuera de la cadena de mando a quien acudir?",
                ),
                Both(
                    "Seat, parking, phone, name on the door: what should change?",
                    "Asiento, estacionamiento, teléfono, nombre en la puerta: ¿qué debería cambiar?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Residence, library, sports, shared friends: where do you feel watched over?",
                    "Residencia, biblioteca, deporte, amistades en común: ¿dónde se siente con apoyo?",
                ),
            ),
            Setting.STRANGER: (
                Both(
                    "Which ways and places do you want back, and with whom at first?",
                    "¿Qué caminos y lugares quiere recuperar y con quién al principio?",
                ),
            ),
        },
    ),
    Section(
        "technology",
        Both("Technology", "Tecnología"),
        Both("Phone and accounts", "Teléfono y cuentas"),
        (
            Both(
                "Who else knows the passcode, pays for the phone, or shares the account?",
                "¿Quién más sabe la clave, paga el teléfono o comparte la cuenta?",
            ),
            Both(
                "Changing everything at once may be noticed: what first, from which device?",
                "Cambiarlo todo a la vez puede notarse: ¿qué primero y desde qué aparato?",
            ),
            Both(
                "Location, car, watch, children's tablets, cameras, tags: what may show where you are?",
                "Ubicación, auto, reloj, tabletas, cámaras, rastreadores: ¿qué puede mostrar dónde está?",
            ),
            Both(
                "What do you want to keep as proof, and where is it safe?",
                "¿Qué quiere guardar como prueba y dónde está seguro?",
            ),
        ),
        {
            Setting.WORK: (
                Both(
                    "Who can read your work mail and calendar?",
                    "¿Quién puede leer su correo y agenda del trabajo?",
                ),
            ),
            Setting.CAMPUS: (
                Both(
                    "Group chats, class lists, shared photos: who sees what?",
                    "Chats de grupo, listas de clase, fotos compartidas: ¿quién ve qué?",
                ),
            ),
            Setting.STRANGER: (
                Both(
                    "What can anybody find of you: name, number, street, photos, routes you run?",
                    "¿Qué puede encontrar cualquiera: nombre, número, calle, fotos, rutas que recorre?",
                ),
            ),
        },
    ),
    Section(
        "health",
        Both("Health", "Salud"),
        Both("Health", "Salud"),
        (
            Both(
                "Is there anything you need soon: care, tests, medicine, a night's sleep?",
                "¿Necesita algo pronto: atención, pruebas, medicinas, dormir?",
            ),
            Both("Who could come along?", "¿Quién podría acompañarle?"),
            Both(
                "Who sees the bills, the results, the reminders?",
                "¿Quién ve las cuentas, los resultados, los recordatorios?",
            ),
        ),
        {
            Setting.FAMILY: (
                Both(
                    "Does somebody else hold your medicine, aids or appointments?",
                    "¿Otra persona maneja sus medicinas, aparatos o citas?",
                ),
            ),
        },
    ),
    Section(
        "emotional",
        Both("Emotional safety", "Bienestar emocional"),
        Both("What helps me", "Lo que me ayuda"),
        (
            Both("What gets you through a hard hour?", "¿Qué le ayuda a pasar una hora difícil?"),
            Both("Who makes you feel like yourself?", "¿Con quién se siente usted como es?"),
            Both(
                "What do you want to remember when you doubt yourself?",
                "¿Qué quiere recordar cuando dude de sí?",
            ),
        ),
    ),
    Section(
        "people",
        Both(
            "People and services, and what each may know", "Personas y servicios, y qué puede saber cada uno"
        ),
        Both("People", "Personas"),
        (
            Both(
                "Who would pick up at night? Who has a car, a key, a bed?",
                "¿Quién contestaría de noche? ¿Quién tiene auto, llave, cama?",
            ),
            Both("What may each of them know, and what not?", "¿Qué puede saber cada quien y qué no?"),
            Both(
                "Does anybody talk to the person who caused harm?",
                "¿Alguien habla con la persona que causó el daño?",
            ),
        ),
    ),
)
