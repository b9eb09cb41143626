"""The words by which people ask for each need, in English and in Spanish: indexed beside our own label."""

from typing import Final

from referrals.needs import Need

EVERYDAY: Final[dict[str, str]] = {
    Need.SHELTER: ("shelter safe house refuge bed emergency housing refugio albergue casa segura cama techo"),
    Need.HOUSING: (
        "housing apartment rent home voucher landlord eviction vivienda casa apartamento "
        "renta alquiler desalojo hogar"
    ),
    Need.PROTECTION_ORDER: (
        "protection order restraining order protective order no contact order injunction "
        "court lawyer attorney legal help orden de protección orden de alejamiento orden de "
        "restricción corte juzgado abogado abogada ayuda legal"
    ),
    Need.FAMILY_LAW: (
        "divorce custody child support visitation paternity family law court lawyer attorney "
        "legal help divorcio custodia manutención visitas derecho de familia corte abogado "
        "abogada ayuda legal"
    ),
    Need.IMMIGRATION: (
        "immigration visa u visa t visa vawa asylum status papers deportation lawyer attorney "
        "legal help inmigración migración visa asilo papeles deportación abogado abogada "
        "ayuda legal"
    ),
    Need.LEGAL: ("lawyer attorney legal help advice rights abogado abogada ayuda legal asesoría derechos"),
    Need.MEDICAL: (
        "doctor clinic hospital health care medicine nurse dentist médico doctora clínica "
        "hospital salud medicina enfermera dentista"
    ),
    Need.EXAM: (
        "forensic exam sane nurse rape kit evidence hospital examen forense evidencia hospital enfermera"
    ),
    Need.COUNSELLING: (
        "counseling counselling therapy therapist counselor mental health talk consejería "
        "terapia terapeuta consejera psicóloga salud mental hablar"
    ),
    Need.SUPPORT_GROUP: "support group peers meeting grupo de apoyo reunión",
    Need.CRISIS_LINE: (
        "hotline helpline crisis line call text chat line línea de ayuda línea de crisis llamar"
    ),
    Need.CHILDREN: "children kids child witness play therapy niños niñas hijos menores testigos",
    Need.CHILDCARE: "childcare daycare nursery after school babysitter guardería cuidado de niños",
    Need.FOOD: "food pantry meals groceries comida despensa alimentos mercado",
    Need.GOODS: "clothes clothing furniture diapers household toiletries ropa muebles pañales hogar",
    Need.CASH: (
        "money cash emergency fund bills utilities financial help dinero efectivo ayuda "
        "económica cuentas luz gas"
    ),
    Need.BENEFITS: (
        "benefits snap tanf food stamps medicaid welfare unemployment beneficios estampillas "
        "desempleo ayuda pública"
    ),
    Need.WORK: "work job employment training resume career trabajo empleo capacitación",
    Need.EDUCATION: (
        "school classes college ged english learning education escuela clases inglés educación estudios"
    ),
    Need.TRANSPORT: "transport ride bus taxi car gas transporte viaje autobús carro gasolina",
    Need.INTERPRETING: (
        "interpreter interpreting translation translator language intérprete traducción traductor idioma"
    ),
    Need.DISABILITY: (
        "disability deaf blind wheelchair access discapacidad sorda sordo ciega ciego silla de ruedas"
    ),
    Need.SUBSTANCE_USE: (
        "alcohol drugs recovery rehab detox addiction drogas recuperación rehabilitación adicción"
    ),
    Need.SAFE_TECHNOLOGY: (
        "phone computer account password spyware tracking locks teléfono cuenta contraseña "
        "rastreo cerraduras tecnología"
    ),
    Need.RELOCATION: "moving relocation move away mudanza mudarse reubicación",
    Need.COMPENSATION: "compensation crime victims fund reimbursement compensación víctimas reembolso",
    Need.PETS: "pets animals dog cat boarding foster mascotas animales perro gato",
    Need.FAITH: (
        "faith church mosque synagogue pastor chaplain fe iglesia mezquita sinagoga pastora capellán"
    ),
    Need.OTHER: "other otro",
}
