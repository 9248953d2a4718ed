# METADATA
# title: DESDA-40
# description: "Privileged information is not compelled: an instrument of a court is held for a person"
# custom:
#   provision: DESDA-40
# schemas:
#   - input: schema.input
package sharing.authority.desda_40

import data.sharing.determination
import data.sharing.facts

# METADATA
# title: Elements of ESDC programs that nobody released
forbids contains name if {
	input.ground == "court-order"
	some name in facts.under_all_of_part_4
	not determination.releases("DESDA-40-exception", name)
}
