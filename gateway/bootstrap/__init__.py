"""The only composition root: settings become parts, parts become a gateway. Nothing is made at import.

A command imports the module of the parts that it needs, because some take seconds to import: `log` (the disclosure log
and its tables), `rulebook`, `policy`, `replay`, `desk` (the staff's use cases), `partner` (the whole partner API).
"""
