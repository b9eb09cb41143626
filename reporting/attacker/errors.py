"""Why an attack could not be made; each text is one line for the person at the terminal."""


class NotReadable(Exception):
    """The bytes are no release: not JSON, or a part that cannot be understood."""


class Contradiction(Exception):
    """No set of whole counts fits everything that is stated. Somebody has to look at the files."""
