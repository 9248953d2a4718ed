# METADATA
# title: FIPPA-42
# description: "A ministry discloses personal information only under section 42; use under section 41 is within paragraph (c)"
# custom:
#   provision: FIPPA-42
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no paragraph opens
forbids contains name if {
	some name in facts.governed_personal.fippa
	not in_force.lifts("FIPPA-42", name)
}
