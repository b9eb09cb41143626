"""Names that nobody bears: trees for staff, flowers, herbs and birds for clients."""

TREES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Ironwood", "Juniper",
    "Katsura", "Linden", "Magnolia", "Nutmeg", "Osage", "Poplar", "Quince", "Rowan", "Sumac", "Tamarack",
)  # fmt: skip
SUPERVISOR_TREES = ("Spruce", "Sycamore", "Sequoia", "Sassafras", "Silverbell", "Sourwood")

FIRST = (
    "Amaryllis", "Aster", "Basil", "Begonia", "Bluebell", "Borage", "Calendula", "Camellia", "Chicory",
    "Clover", "Columbine", "Cosmos", "Dahlia", "Fennel", "Fern", "Foxglove", "Freesia", "Gentian", "Heather",
    "Hyssop", "Indigo", "Iris", "Jasmine", "Larkspur", "Lavender", "Lilac", "Lotus", "Lupin", "Mallow",
    "Marjoram", "Mimosa", "Moss", "Nettle", "Olive", "Oregano", "Pansy", "Peony", "Poppy", "Primrose", "Reed",
    "Rue", "Saffron", "Sage", "Sorrel", "Tansy", "Thistle", "Thyme", "Verbena", "Vetch", "Yarrow", "Zinnia",
)  # fmt: skip
FIRST_SPANISH = (
    "Amapola", "Azahar", "Azucena", "Clavel", "Girasol", "Hierbabuena", "Jacinto", "Lirio", "Nardo",
    "Romero", "Tomillo", "Trébol",
)  # fmt: skip
LAST = (
    "Avocet", "Bittern", "Bunting", "Chickadee", "Cormorant", "Crane", "Curlew", "Dipper", "Egret", "Finch",
    "Flicker", "Gannet", "Goldcrest", "Grebe", "Heron", "Ibis", "Jackdaw", "Kestrel", "Kinglet", "Lapwing",
    "Linnet", "Merlin", "Nuthatch", "Oriole", "Osprey", "Ouzel", "Pelican", "Pipit", "Plover", "Puffin",
    "Redstart", "Robin", "Sandpiper", "Shrike", "Siskin", "Snipe", "Starling", "Swift", "Tanager", "Tern",
    "Thrush", "Towhee", "Veery", "Vireo", "Warbler", "Waxwing", "Whimbrel", "Wren",
)  # fmt: skip
STREETS = ("Example Street", "Sample Lane", "Specimen Road", "Placeholder Avenue", "Pretend Way")
COUNTIES = ("Applewood", "Birchfield", "Clearwater", "Fox Hollow", "Meadow", "Stillwater")
FUNDING = ("Victims of crime grant (demo)", "State fund (demo)", "Family violence grant (demo)", "Donations")
PRONOUNS = ("she/her", "she/her", "she/her", "they/them", "he/him", "ella")
