# METADATA
# title: FIPPA-41
# description: "Use inside one ministry, for the original or a consistent purpose, or one it could be disclosed for"
# custom:
#   provision: FIPPA-41
# schemas:
#   - input: schema.input
package sharing.authority.fippa_41

import data.sharing.authority.fippa_42_1_d
import data.sharing.authority.fippa_42_1_e
import data.sharing.facts

# METADATA
# title: Elements used inside one institution, for a purpose that the law allows
permits contains name if {
	facts.one_institution
	some name in facts.governed.fippa
	lawful(name)
}

# METADATA
# scope: document
# title: The use is consistent with the bank, or the information could be disclosed to the institution for it
lawful(_) if facts.consistent_use

lawful(name) if name in fippa_42_1_d.permits

lawful(name) if name in fippa_42_1_e.permits
