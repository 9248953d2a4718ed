# METADATA
# title: MF-32
# description: "A municipal institution discloses personal information only under section 32; use under section 31 is within paragraph (c)"
# custom:
#   provision: MF-32
# schemas:
#   - input: schema.input
package sharing.authority.mf_32

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no paragraph opens
forbids contains name if {
	some name in facts.governed_personal.mfippa
	not in_force.lifts("MF-32", name)
}
