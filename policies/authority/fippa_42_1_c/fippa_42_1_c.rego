# METADATA
# title: FIPPA-42-1-c
# description: "Disclosure for the purpose of collection or a consistent one"
# custom:
#   provision: FIPPA-42-1-c
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_c

import data.sharing.facts

# METADATA
# title: Elements of a bank whose notice names the purpose
permits contains name if {
	facts.consistent_use
	some name in facts.governed.fippa
}
