"""The places of the made-up directory: trees, birds, 555-01 numbers, example.org. None is real.

Each organization: name, what they do, county, services. Each service: name, needs, what it is,
languages, hours, and what is special about it.
"""

from typing import Any, Final

Told = tuple[str, str, str, str, str, dict[str, Any]]
OFFICE, LONG, ALWAYS, EVENINGS, MORNINGS, MONTHLY, UNSAID = (
    "office", "long", "always", "evenings", "mornings", "monthly", "",
)  # fmt: skip

# Days, from, to. What is by the month has its own day: the third Tuesday.
HOURS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    OFFICE: (("MO,TU,WE,TH,FR", "09:00", "17:00"),),
    LONG: (("MO,TU,WE,TH", "08:00", "19:00"), ("FR", "08:00", "16:00")),
    ALWAYS: (("MO,TU,WE,TH,FR,SA,SU", "00:00", "23:59"),),
    EVENINGS: (("TU,TH", "17:30", "20:30"),),
    MORNINGS: (("MO,WE,FR", "09:00", "12:00"), ("SA", "10:00", "13:00")),
    MONTHLY: (("3TU", "18:00", "20:00"),),
    UNSAID: (),
}

PLACES: Final[tuple[tuple[str, str, str, tuple[Told, ...]], ...]] = (
    ("Heron Legal Help", "Free lawyers for people who cannot pay one.", "Applewood", (
        ("Lawyers for protection orders", "protection_order legal", "A lawyer fills in the papers with the survivor and goes to the hearing. No questions about immigration status.", "es pt", OFFICE, {"notes": "Ask for the Tuesday desk; they call back within a day.", "fees": "Free.", "walk_in": True, "bring": "Any papers from the court, if there are some."}),
        ("Divorce, custody and support", "family_law", "Advice, and a lawyer for those with a low income.", "es", OFFICE, {"fees": "Free below an income; else by what one earns.", "ask": "Call first; a first talk takes thirty minutes."}),
    )),
    ("Sparrow Immigration Project", "Lawyers for people new to the country.", "Birchfield", (
        ("U and T visas, VAWA petitions", "immigration", "For people harmed by a partner, a parent or an employer.", "es fr ht", OFFICE, {"notes": "They never write to the home address unless asked to.", "waitlist": True}),
        ("Papers and interpreting at offices", "immigration interpreting", "Somebody comes along to an office and interprets.", "es ar fa", MORNINGS, {}),
    )),
    ("Rowan Women's Refuge", "Rooms for people who left a violent home.", "Applewood", (
        ("Emergency shelter", "shelter", "A safe place for survivors of domestic violence and their children, up to 60 days. Pets can come.", "es", ALWAYS, {"confidential": True, "no_voicemail": True, "best": "Call the line and say the name of your agency.", "notes": "They fetch people from the bus station."}),
        ("Advice by phone, day and night", "crisis_line counselling", "Somebody who listens and helps to think it through.", "es", ALWAYS, {"no_place": True}),
    )),
    ("Birch House", "A house with eleven rooms, and people who know the way.", "Birchfield", (
        ("Rooms for six months", "housing shelter", "Transitional housing for people leaving an abusive partner.", "es", OFFICE, {"confidential": True, "waitlist": True}),
        ("Help with a lease of one's own", "housing", "Deposits, talks with landlords, a letter about an order.", "es", OFFICE, {}),
        ("Children's afternoon", "children childcare", "Play and talk for children who saw or heard it at home.", "es", EVENINGS, {"ages": (4, 12)}),
    )),
    ("Alder Clinic", "A clinic for everybody, with or without insurance.", "Clearwater", (
        ("Examination after an assault", "exam medical", "Nurses trained for it, day and night. A report to the police is not needed.", "es", ALWAYS, {"notes": "Come by the side door; no waiting in the hall.", "fees": "Free.", "walk_in": True}),
        ("Doctor and nurse", "medical", "Family medicine; same-day hours in the morning.", "es vi", LONG, {"walk_in": True, "fees": "By what one earns."}),
        ("Dental care", "medical", "Teeth, also after an injury.", "es", OFFICE, {"stale": True}),
    )),
    ("Linden Job Center", "Work, training, and somebody to practise with.", "Clearwater", (
        ("Morning course: back to work", "work education", "Six weeks, childcare on the same floor.", "es", MORNINGS, {"online": True}),
        ("Clothes for interviews", "goods work", "Pick an outfit, keep it.", "", EVENINGS, {}),
    )),
    ("Plover Counseling Collective", "Therapists who know what violence does.", "Applewood", (
        ("Therapy after sexual assault", "counselling", "Up to twenty sessions, by video or in a quiet house.", "es ase", LONG, {"online": True, "fees": "Free.", "ages": (16, None)}),
        ("Group on Thursdays", "support_group", "Eight people, closed group, new one each season.", "", EVENINGS, {"ages": (18, None)}),
        ("Grupo de apoyo los martes", "support_group", "En español, con cuidado de niños.", "es", EVENINGS, {}),
    )),
    ("Wren Night Line", "A phone that is always answered.", "Meadow", (
        ("Night line", "crisis_line", "Calls and texts at any hour. Nobody asks for a name.", "es fr", ALWAYS, {"no_place": True, "no_voicemail": True}),
    )),
    ("Maple Pantry", "Food without forms.", "Meadow", (
        ("Food pantry", "food", "A week of groceries; one visit a week.", "es", MORNINGS, {"walk_in": True, "fees": "Free."}),
        ("Warm meals", "food", "Sit down or take away.", "", EVENINGS, {"walk_in": True}),
    )),
    ("Juniper Family Fund", "Small sums, fast.", "Stillwater", (
        ("Money for what cannot wait", "cash relocation", "Rent, a lock, a bus ticket: an answer in two days, asked for by an advocate.", "es", OFFICE, {"online": True, "ask": "An advocate fills in one page.", "best": "Email; they answer the same day."}),
    )),
    ("Thrush Benefits Desk", "Forms, and the patience for them.", "Stillwater", (
        ("Help with SNAP, TANF and Medicaid", "benefits food", "They fill in the forms and sit with people at the office.", "es so", OFFICE, {"walk_in": True}),
        ("Disability benefits", "benefits disability", "From the first form to the appeal.", "ase", OFFICE, {"stale": True}),
    )),
    ("Kestrel Ride Share", "Volunteers with cars.", "Fox Hollow", (
        ("Rides to court and to doctors", "transport", "Booked two days before; the driver knows only a first name.", "es", OFFICE, {"notes": "They can pick up at the library."}),
    )),
    ("Hazel Animal Friends", "A home for animals while theirs is not safe.", "Fox Hollow", (
        ("Foster homes for pets", "pets", "Up to three months. The owner's name is kept apart.", "", LONG, {}),
    )),
    ("Cedar Housing Office", "The county's housing office.", "Applewood", (
        ("Vouchers and waiting lists", "housing", "Applications; survivors can ask to come first.", "es ru", OFFICE, {"walk_in": True, "bring": "An identity card, if there is one."}),
        ("Help against eviction", "housing legal", "A lawyer at the court every Wednesday.", "es", OFFICE, {}),
    )),
    ("Finch Law Students", "Students with a professor beside them.", "Stillwater", (
        ("Small claims and debts", "legal cash", "Debts somebody else made in your name.", "", EVENINGS, {"stale": True}),
        ("Name changes and records", "legal", "Papers for a new name, and for keeping an address off public lists.", "es", EVENINGS, {}),
    )),
    ("Osprey Crime Victims' Fund", "The state's fund.", "Clearwater", (
        ("Compensation for victims of crime", "compensation cash", "Doctors' bills, lost wages, counselling.", "es", OFFICE, {"online": True, "ask": "Within three years; ask about exceptions."}),
    )),
    ("Larch Recovery House", "A quiet program.", "Meadow", (
        ("Outpatient program", "substance_use counselling", "Mornings or evenings; a separate group for women.", "es", LONG, {}),
        ("Detox beds", "substance_use medical", "Call in the morning for a bed on the same day.", "", ALWAYS, {}),
    )),
    ("Swift Tech Safety", "Volunteers who know phones.", "Applewood", (
        ("Phones and accounts made safe", "safe_technology", "Looks at a phone together with its owner; never takes anything off it without asking.", "es", EVENINGS, {"notes": "Use their phone to call them, not the one you worry about."}),
        ("A phone to begin with", "safe_technology goods", "A simple phone with three months paid.", "", OFFICE, {}),
    )),
    ("Elm Street Children", "Childcare until late.", "Birchfield", (
        ("Childcare from six to eight", "childcare", "Places kept free for emergencies.", "es", LONG, {"ages": (0, 12), "fees": "By what one earns."}),
        ("Children who saw it", "children counselling", "Play therapy.", "es", OFFICE, {"ages": (3, 17)}),
    )),
    ("Robin School for Grown-ups", "Evening school.", "Birchfield", (
        ("English classes", "education", "Four levels, free, childcare included.", "es ar zh vi", EVENINGS, {"walk_in": True}),
        ("High-school diploma", "education work", "In a year, at one's own pace.", "", EVENINGS, {"online": True}),
    )),
    ("Aspen Disability Rights", "By people with disabilities.", "Clearwater", (
        ("Help at home and with rights", "disability legal", "Also when the person who harms is the carer.", "ase es", OFFICE, {"online": True}),
        ("Sign language interpreters", "interpreting disability", "For appointments, also at short notice.", "ase", LONG, {}),
    )),
    ("Magpie Thrift", "A shop, and a back room.", "Meadow", (
        ("Furniture for a first home", "goods", "A bed, a table, pots: delivered on Saturdays.", "", MORNINGS, {}),
        ("Clothes and diapers", "goods", "No questions.", "es", MORNINGS, {"walk_in": True}),
    )),
    ("Oak Hill Church Circle", "Neighbours.", "Fox Hollow", (
        ("A circle of listening", "faith support_group", "With or without faith.", "", MONTHLY, {}),
        ("A meal and a ride", "faith transport food", "For whoever asks.", "", MORNINGS, {"stale": True}),
    )),
    ("Nightingale Interpreters", "Forty languages by phone.", "Stillwater", (
        ("Interpreting by phone", "interpreting", "Within ten minutes, day and night.", "es fr ar zh ht vi so fa", ALWAYS, {"no_place": True}),
    )),
    ("Willow Move", "Boxes, a van, and discretion.", "Stillwater", (
        ("Moving in one day", "relocation transport", "An unmarked van and two people; they can come while nobody is at home.", "es", OFFICE, {"notes": "They never say where they go."}),
    )),
    ("Dove Harbor", "A house by the lake.", "Stillwater", (
        ("Safe house", "shelter", "Five rooms, for everybody: men and trans people are welcome.", "es", ALWAYS, {"confidential": True, "best": "Call; say it is for the harbor."}),
    )),
    ("Poplar Men's Project", "For men who were harmed.", "Applewood", (
        ("Counselling for men", "counselling support_group", "By phone, video, or a walk.", "es", EVENINGS, {"online": True}),
    )),
    ("Lark Youth House", "For young people.", "Clearwater", (
        ("Drop-in and counselling", "counselling children", "No parent needed for three talks.", "es", LONG, {"ages": (12, 21), "walk_in": True}),
        ("Emergency beds for youth", "shelter", "A week, then a plan.", "es", ALWAYS, {"ages": (12, 17)}),
    )),
    ("Hickory County Court Help Desk", "In the hall of the court.", "Birchfield", (
        ("Forms for protection orders", "protection_order", "Explains the forms; no lawyer.", "es", MORNINGS, {"walk_in": True, "fees": "Free."}),
        ("Forms for custody and support", "family_law", "Explains the forms; no lawyer.", "es", MORNINGS, {"walk_in": True}),
    )),
    ("Egret Elder Care", "For people past sixty.", "Meadow", (
        ("Visits and respite", "disability medical", "Somebody comes by, also when family is the trouble.", "es", OFFICE, {"ages": (60, None)}),
        ("Lawyer for older people", "legal", "Wills, deeds, and money that went missing.", "", OFFICE, {"ages": (60, None), "stale": True}),
    )),
    ("Sycamore Credit Union Desk", "An account of one's own.", "Fox Hollow", (
        ("First account and small loans", "cash benefits", "Without a credit history; statements only online.", "es", OFFICE, {"online": True}),
    )),
    ("Quail Campus Office", "At the college.", "Clearwater", (
        ("Support for students", "counselling education legal", "Classes, rooms and exams after an assault.", "es zh", OFFICE, {"walk_in": True}),
    )),
    ("Spruce Mental Health", "The county's clinic.", "Fox Hollow", (
        ("Mobile team", "crisis_line counselling", "Comes to where people are, without police.", "es", ALWAYS, {"no_place": True}),
        ("Psychiatrist and therapy", "counselling medical", "First talk within two weeks.", "es ru", OFFICE, {"waitlist": True}),
    )),
    ("Tern Legal Aid, South Desk", "A desk of the state's legal aid.", "Stillwater", (
        ("Abogada para órdenes de protección", "protection_order family_law", "Habla español; acompaña al juzgado.", "es", OFFICE, {"notes": "Ask for the lawyer herself: she takes calls until seven.", "walk_in": True}),
        ("Public benefits appeals", "benefits legal", "When a form came back with a no.", "es", OFFICE, {}),
    )),
    ("Mulberry Food Truck", "A truck with a route.", "Fox Hollow", (
        ("Groceries at the bus stop", "food", "Wednesdays at the loop.", "es", MORNINGS, {"gone": True}),
    )),
    ("Bluebird Motel Vouchers", "A program that moved.", "Meadow", (
        ("Nights in a motel", "shelter cash", "Three nights, paid by the county.", "", UNSAID, {"hidden": "The number rings at a desk that shares names with the police."}),
    )),
    ("Ginkgo Wellness", "A practice.", "Birchfield", (
        ("Couples counselling", "counselling", "For couples.", "", OFFICE, {"hidden": "Not for survivors: it asks both to come together."}),
        ("Yoga for sleep", "medical", "Slow, with the door open.", "", EVENINGS, {"unknown": True}),
    )),
    ("Cardinal Victim Services", "At the prosecutor's office.", "Birchfield", (
        ("Somebody at your side in court", "legal compensation", "Explains, sits beside, and asks for a separate room.", "es", OFFICE, {"wrong": ("phone", "It rings at a bakery since June.")}),
    )),
    ("Chestnut Health Line", "Nurses on the phone.", "Meadow", (
        ("Ask a nurse", "medical crisis_line", "Advice at any hour.", "es so am", ALWAYS, {"no_place": True, "unknown": True}),
    )),
    ("Beech Tree Parents", "Parents for parents.", "Applewood", (
        ("Parents' evening", "support_group children", "With supper and somebody for the children.", "es", MONTHLY, {}),
        ("Supervised visits", "family_law children", "A neutral room and a trained person.", "es", MORNINGS, {"wrong": ("hours", "On Saturdays they close at noon now.")}),
    )),
)  # fmt: skip
