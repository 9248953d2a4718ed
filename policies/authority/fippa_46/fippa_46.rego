# METADATA
# title: FIPPA-46
# description: "A disclosure to whom the index does not list is linked to the information"
# custom:
#   provision: FIPPA-46
# schemas:
#   - input: schema.input
package sharing.authority.fippa_46

import data.sharing.facts

# METADATA
# title: Personal elements for a recipient that the bank's index does not list, or a use it does not describe
obliges contains name if {
	facts.beyond_the_index
	some name in facts.governed_personal.fippa
}
