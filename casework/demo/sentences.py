"""Notes made from whole sentences: kind, plain, and about nobody."""

from random import Random

ENGLISH = {
    "open": (
        "{called} called and we talked for a while.",
        "{called} came by in the afternoon.",
        "Short call today, as {called} wanted.",
        "We met at the library, which suits {called} best.",
        "{called} wrote that this week has been quieter.",
        "{called} asked to pick up where we left off.",
        "A longer conversation today.",
        "{called} brought a friend along and was glad of the company.",
    ),
    "middle": (
        "They want to take things one at a time, and so do we.",
        "They are staying with their sister for now and will see how that feels.",
        "They went back home at the weekend; they told me because they did not want to have to hide it.",
        "What matters most to them at the moment is that the children can stay at their school.",
        "We looked at what a week of their own would cost and wrote the numbers on one page.",
        "They sleep better since the locks were changed.",
        "They would like somebody along at the hearing.",
        "They asked what a protection order does and what it does not do; I explained both.",
        "They are weighing it, and said that being asked without being pushed helps.",
        "The car is in somebody else's name, so getting to work needs another way.",
        "They have a doctor they trust and want to keep.",
        "They asked that nothing be sent by post.",
        "Mornings are good, evenings are not.",
        "They said that the support group felt odd at first and good afterwards.",
        "We practised what to say to the landlord and they made the call themselves.",
        "The waiting list is longer than hoped; we looked at two other places together.",
        "They wanted to talk about the dog, so we talked about the dog.",
        "Their phone is on a shared plan; they will call from work.",
        "They know the code word and used it.",
        "They decided not to report for the time being, and may think about it again.",
        "They have been in touch about the holidays and set the terms themselves.",
        "A neighbour keeps the bag with the papers.",
        "The interpreter was the same person as last time, as they had asked.",
        "They laughed about the weather, and it was good to hear.",
        "Money is tight until the first of the month; the grocery cards helped.",
    ),
    "end": (
        "They will call when it suits them.",
        "Nothing to do from our side until they get in touch.",
        "We meet again next week at the same place.",
        "I will find out about the bus pass.",
        "I sent what they asked for, to the address they chose.",
        "They know that the door is open.",
        "I will be along on the day.",
        "They have the number of the night line.",
    ),
}
SPANISH = {
    "open": (
        "{called} llamó y conversamos un buen rato.",
        "{called} vino por la tarde.",
        "Llamada corta hoy, como lo quería {called}.",
        "Nos encontramos en la biblioteca, donde {called} se siente mejor.",
    ),
    "middle": (
        "Quiere ir paso a paso, y así lo haremos.",
        "Por ahora se queda en casa de su hermana.",
        "Lo que más le importa es que los niños sigan en su escuela.",
        "Duerme mejor desde que se cambiaron las cerraduras.",
        "Preguntó qué hace una orden de protección y qué no hace; le expliqué las dos cosas.",
        "Pidió que no se le mande nada por correo.",
        "Prefiere las mañanas; las noches no le convienen.",
        "La intérprete fue la misma de la vez pasada, como lo había pedido.",
        "Hablamos de cómo llegar al trabajo sin el carro.",
        "Está pensándolo, y dijo que le ayuda que nadie la apure.",
    ),
    "end": (
        "Llamará cuando le convenga.",
        "Nos vemos la próxima semana en el mismo lugar.",
        "Sabe que la puerta está abierta.",
        "La acompañaré ese día.",
    ),
}
SUMMARIES = (
    "Looking for a place of their own within reach of work and school. Wants to go slowly.",
    "Staying for now, and putting things in place: papers, a bag, some money of their own.",
    "Wants somebody along at the hospital and later at court. Not decided about a report.",
    "Came for the support group and stays in touch between meetings.",
    "Moved in with family. Needs a doctor near the new address and help with the landlord.",
    "Works nights. Call before noon only. Mostly wants to think out loud.",
    "Children come first: school, a quiet room, someone for them to talk to.",
    "The person who caused harm is also the employer. Looking at other work first.",
)
ASKED = (
    "A room for me and the kids, near the school if there is one.",
    "Somebody who speaks my language.",
    "Help with the deposit.",
    "A lawyer for the hearing on Thursday.",
    "A ride, because the bus does not go there.",
    "Somebody to talk to who is not family.",
)
HANDOVER = (
    "They like to be called before noon, and to know beforehand what the call is about.",
    "They have told it twice already. Please read the summary first so that they need not tell it again.",
    "The hearing is next month; they would like the same person in the room the whole day.",
    "They will get in touch by themselves. Being reachable is what helps.",
)
COMING_BACK = (
    "Prefers the library to the office.",
    "Knows that they may come back at any time.",
    "Would like the same interpreter.",
    "",
)
REMARKS = ("With interpreter.", "On the phone.", "Went along by bus.", "At the courthouse.", "")


def note(rng: Random, called: str, *, spanish: bool = False, length: int | None = None) -> str:
    """Some sentences, in paragraphs when there are many."""
    pool = SPANISH if spanish else ENGLISH
    count = length or rng.choices((1, rng.randint(2, 4), rng.randint(5, 9), 24), (25, 50, 21, 4))[0]
    middle = [rng.choice(pool["middle"]) for _ in range(max(0, count - 2))]
    start = rng.choice(pool["open"]).format(called=called)
    sentences = [start, *dict.fromkeys(middle), rng.choice(pool["end"])][: max(1, count)]
    return "\n\n".join(" ".join(sentences[i : i + 6]) for i in range(0, len(sentences), 6))
