"""The list an agency starts with: words that judge, and plainer ones. Administrators change it.

A record is read by courts, colleagues and the person it is about. Each suggestion says
what happened without saying whose fault it is.
"""

ENGLISH = (
    ("refused", "chose not to · said no to"),
    ("refuses", "chooses not to · says no to"),
    ("non-complian*", "chose otherwise · did not want this"),
    ("noncomplian*", "chose otherwise · did not want this"),
    ("uncooperative", "did not want to talk about it"),
    ("resistant", "is unsure · has doubts about"),
    ("alleged*", "said that · told us that"),
    ("claims", "says"),
    ("claimed", "said"),
    ("admits", "says"),
    ("admitted to", "told us"),
    ("denies", "says that this did not happen"),
    ("failed to", "did not · could not"),
    ("fails to", "does not · cannot"),
    ("no-show", "did not come · could not come"),
    ("overdue", "still open"),
    ("relapse*", "went back · is in contact again"),
    ("manipulative", "what they said or did, in plain words"),
    ("hysterical", "very upset · crying · frightened"),
    ("dramatic", "very upset · frightened"),
    ("in denial", "sees it differently"),
    ("dysfunctional", "what happens at home, in plain words"),
    ("battered", "who was hit · who was hurt"),
    ("had sex with", "was assaulted by (when it was not wanted)"),
    ("should have", "leave it out: it blames"),
    ("why didn't", "leave it out: it blames"),
)

SPANISH = (
    ("se negó", "decidió no · dijo que no a"),
    ("se rehusó", "decidió no · dijo que no a"),
    ("rechazó", "prefirió no · dijo que no a"),
    ("incumpl*", "eligió otra cosa · no quiso esto"),
    ("no coopera*", "no quiso hablar de ello"),
    ("supuest*", "dijo que · nos contó que"),
    ("presunt*", "dijo que · nos contó que"),
    ("alega*", "dice que · nos contó que"),
    ("afirma haber", "dice que"),
    ("pretende que", "dice que"),
    ("confiesa", "dice que"),
    ("niega", "dice que no ocurrió"),
    ("no logró", "no pudo"),
    ("faltó a la cita", "no vino · no pudo venir"),
    ("recaída", "volvió · tiene contacto otra vez"),
    ("recayó", "volvió · tiene contacto otra vez"),
    ("histéric*", "muy alterada · llorando · con miedo"),
    ("manipulador*", "lo que dijo o hizo, con palabras sencillas"),
    ("exagera*", "lo que contó, con sus palabras"),
    ("debió haber", "mejor dejarlo fuera: culpa"),
    ("por qué no", "mejor dejarlo fuera: culpa"),
)
