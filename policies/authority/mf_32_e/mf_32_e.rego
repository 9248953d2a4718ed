# METADATA
# title: MF-32-e
# description: "To comply with an Act, an agreement under an Act, or an order; a bare memorandum does not qualify"
# custom:
#   provision: MF-32-e
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_e

import data.sharing.agreement_in_force
import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements for an instrument of a court
reaches contains name if {
	input.ground == "court-order"
	some name in facts.governed.mfippa
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["MF-32-e"]} if some code in form.court_order

# METADATA
# scope: document
# title: Elements under an agreement made under an Act, or that a named person released
permits contains name if {
	input.ground == "agreement"
	agreement_in_force.in_force
	some id in facts.schedule.made_under
	id in data.register.authorities["MF-32-e"].parameters.enabling
	some name in facts.governed.mfippa
}

permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("MF-32-e", name)
}
