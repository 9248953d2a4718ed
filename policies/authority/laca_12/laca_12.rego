# METADATA
# title: LACA-12
# description: "A federal institution disposes only under a disposition authority"
# custom:
#   provision: LACA-12
# schemas:
#   - input: schema.input
package sharing.authority.laca_12

import data.sharing.facts

# METADATA
# title: Everything that a federal institution receives
obliges contains name if {
	facts.recipient.kind == "federal"
	some name, _ in facts.elements
}
