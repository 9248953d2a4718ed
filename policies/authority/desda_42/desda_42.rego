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
import data.sharing.authority.pa_3_m
import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Personal elements of ESDC programs, but for what section 42 does not reach
obliges contains name if {
	some name in facts.governed_personal.desda
	not name in apart
}

# METADATA
# scope: document
# title: Elements that section 42 does not reach
# description: |
#   A clause makes them available under section 34.1 (34.2(1)), or they are about somebody dead for more than 20 years, so
#   that they are no information of Part 4 (30(1), Privacy Act 3(m)).
apart contains name if {
	some id, names in {"DESDA-34.1": desda_34_1.permits, "DESDA-34.1-2": desda_34_1_2.permits}
	some clause in clause_match.matched
	id in clause.discloser.authorities
	some name in names
}

apart contains name if some name in pa_3_m.permits
