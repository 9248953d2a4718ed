# METADATA
# title: MF-34-35
# description: "A disclosure to whom the index does not list is linked to the information"
# custom:
#   provision: MF-34-35
# schemas:
#   - input: schema.input
package sharing.authority.mf_34_35

import data.sharing.facts

# METADATA
# title: Personal elements for a recipient that the bank's index does not list, or a use it does not describe
obliges contains name if {
	facts.beyond_the_index
	some name in facts.governed_personal.mfippa
}
