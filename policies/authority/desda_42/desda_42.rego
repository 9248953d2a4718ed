# METADATA
# title: DESDA-42
# description: "Recipients are bound by Part 4 under pain of an offence, and are told so"
# custom:
#   provision: DESDA-42
# schemas:
#   - input: schema.input
package sharing.authority.desda_42

import data.sharing.authority.desda_34_1
import data.sharing.authority.desda_34_1_2
import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Personal elements of ESDC programs, but for what goes under section 34.1
obliges contains name if {
	some name in facts.governed_personal.desda
	not name in apart
}

# METADATA
# title: Elements that a clause makes available under section 34.1, so that section 42 does not apply (34.2(1))
apart contains name if {
	some id, names in {"DESDA-34.1": desda_34_1.permits, "DESDA-34.1-2": desda_34_1_2.permits}
	some clause in clause_match.matched
	id in clause.discloser.authorities
	some name in names
}
