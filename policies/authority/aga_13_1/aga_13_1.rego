# METADATA
# title: AGA-13-1
# description: "Free access of the Auditor General to what the audit needs"
# custom:
#   provision: AGA-13-1
# schemas:
#   - input: schema.input
package sharing.authority.aga_13_1

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under any Act of Parliament; none shields them from the Auditor General
reaches contains name if {
	input.ground == "audit"
	form.recipient_in("AGA-13-1")
	some regime in data.register.authorities["AGA-13-1"].regimes
	some name in facts.governed[regime]
}

# METADATA
# title: The purpose is an audit
missing contains {"code": "purpose-not-audit", "citations": ["AGA-13-1"]} if facts.purpose.kind != "audit"

# METADATA
# title: Those that a person released
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("AGA-13-1", name)
}
