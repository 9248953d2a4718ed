# METADATA
# title: FIPPA-41
# description: "Use inside one ministry, for the original or a consistent purpose"
# custom:
#   provision: FIPPA-41
# schemas:
#   - input: schema.input
package sharing.authority.fippa_41

import data.sharing.facts

# METADATA
# title: Elements used inside one institution, consistently with the bank
permits contains name if {
	facts.one_institution
	facts.consistent_use
	some name in facts.governed.fippa
}
