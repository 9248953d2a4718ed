# METADATA
# title: MF-31
# description: "Use inside one municipal institution, for the original or a consistent purpose"
# custom:
#   provision: MF-31
# schemas:
#   - input: schema.input
package sharing.authority.mf_31

import data.sharing.facts

# METADATA
# title: Elements used inside one institution, consistently with the bank
permits contains name if {
	facts.one_institution
	facts.consistent_use
	some name in facts.governed.mfippa
}
