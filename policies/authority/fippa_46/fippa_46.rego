# METADATA
# title: FIPPA-46
# description: "A disclosure that the index does not describe is linked to the information"
# custom:
#   provision: FIPPA-46
# schemas:
#   - input: schema.input
package sharing.authority.fippa_46

import data.sharing.facts

# METADATA
# title: Personal elements for a purpose the bank's statement does not name
obliges contains name if {
	not facts.consistent_use
	some name in facts.governed_personal.fippa
}
