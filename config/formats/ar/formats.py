"""Arabic with the digits 0 to 9, as Unicode's CLDR and the pages that open names offline write it: 12,345.

Django leaves open how many digits make a group, and so writes none apart, and how a day and an hour stand together.
"""

DATETIME_FORMAT = "j F، Y، H:i"
NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = ","
DECIMAL_SEPARATOR = "."
