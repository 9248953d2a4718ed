# METADATA
# title: MF-32-i-l
# description: "Out of compassion to those close to someone injured, ill or dead; to audit shared-cost programs"
# custom:
#   provision: MF-32-i-l
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_i_l

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# scope: document
# title: Elements for compassion, or for an audit
reaches contains name if {
	input.ground == "emergency"
	evidence.states("compassion")
	some name in facts.governed.mfippa
}

reaches contains name if {
	input.ground == "audit"
	some name in facts.governed.mfippa
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "purpose-not-audit", "citations": ["MF-32-i-l"]} if {
	input.ground == "audit"
	facts.purpose.kind != "audit"
}

missing contains {"code": "not-an-audit-body", "citations": ["MF-32-i-l"]} if {
	input.ground == "audit"
	not canada_or_ontario
}

# METADATA
# scope: document
# title: The recipient is Canada or Ontario
canada_or_ontario if form.of_kind({"federal"})

canada_or_ontario if form.recipient_in("MF-32-i-l")

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("MF-32-i-l", name)
}
