"""Which counts of a report to withhold, so that nothing withheld can be worked out from what is shown.

The optimiser. It is trusted by nobody: the auditor (``reporting.attacker``) shares no line with it,
and this package imports no solver before it is asked to protect something.
"""
