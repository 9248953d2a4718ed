# METADATA
# title: MF-32-c
# description: "Disclosure for the purpose of collection or one the person would reasonably expect"
# custom:
#   provision: MF-32-c
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_c

import data.sharing.facts

# METADATA
# title: Elements of a bank whose notice names the purpose
permits contains name if {
	facts.consistent_use
	some name in facts.governed.mfippa
}
