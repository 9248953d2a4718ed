# METADATA
# title: FIPPA-42-1-e
# description: "To comply with an Act, an agreement under an Act, or an order; a bare memorandum does not qualify"
# custom:
#   provision: FIPPA-42-1-e
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_e

import data.sharing.agreement_in_force
import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements for an instrument of a court
reaches contains name if {
	input.ground == "court-order"
	some name in facts.governed.fippa
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["FIPPA-42-1-e"]} if some code in form.court_order

# METADATA
# scope: document
# title: Elements under an agreement made under an Act, or that a named person released
permits contains name if {
	input.ground == "agreement"
	agreement_in_force.in_force
	some id in facts.schedule.made_under
	id in data.register.authorities["FIPPA-42-1-e"].parameters.enabling
	some name in facts.governed.fippa
}

permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-e", name)
}
