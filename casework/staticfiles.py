"""Static files named by their content, so that browsers keep them for a year."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage as Parent

DYNAMIC_IMPORT = "import\\("


class Storage(Parent):
    """Two kinds of pointers in other people's files are left alone, since what they point at
    is not shipped and would stop ``collectstatic``: source maps, and types in comments that
    look like dynamic imports. Our own modules import each other with plain ``import``.
    """

    support_js_module_import_aggregation = True
    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for glob, rules in Parent.patterns
    )
    _js_module_import_aggregation_patterns: Any = (
        Parent._js_module_import_aggregation_patterns[0],
        tuple(
            rule for rule in Parent._js_module_import_aggregation_patterns[1] if DYNAMIC_IMPORT not in rule[0]
        ),
    )
