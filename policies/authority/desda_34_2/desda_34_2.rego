# METADATA
# title: DESDA-34.2
# description: "Section 40 does not shield information of a service delivery program, so that a court can order it"
# custom:
#   provision: DESDA-34.2
# schemas:
#   - input: schema.input
package sharing.authority.desda_34_2

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements of a service delivery program
reaches contains name if {
	input.ground == "court-order"
	facts.service_delivery
	some name in facts.governed.desda
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-34.2"]} if some code in form.court_order

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("DESDA-34.2", name)
}
