# METADATA
# title: IRPR-209.95-label
# description: "Whoever shares a finding says whether it is final and as of which day"
# custom:
#   provision: IRPR-209.95-label
# schemas:
#   - input: schema.input
package sharing.authority.irpr_209_95_label

import data.sharing.facts

# METADATA
# scope: document
# title: Elements that are part of a finding, or say whether it is final
obliges contains name if {
	some name, element in facts.elements
	element.finding
}

obliges contains name if {
	some name, element in facts.elements
	element.states_finding
}
