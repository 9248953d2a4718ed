# METADATA
# title: MF-34-35
# description: "A disclosure that the index does not describe is linked to the information"
# custom:
#   provision: MF-34-35
# schemas:
#   - input: schema.input
package sharing.authority.mf_34_35

import data.sharing.facts

# METADATA
# title: Personal elements for a purpose the bank's statement does not name
obliges contains name if {
	not facts.consistent_use
	some name in facts.governed_personal.mfippa
}
