# METADATA
# title: DESDA-40-exception
# description: "Production in proceedings that the Minister considers appropriate"
# custom:
#   provision: DESDA-40-exception
# schemas:
#   - input: schema.input
package sharing.authority.desda_40_exception

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements of ESDC programs
reaches contains name if {
	input.ground == "court-order"
	some name in facts.under_all_of_part_4
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-40-exception"]} if some code in form.court_order

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("DESDA-40-exception", name)
}
