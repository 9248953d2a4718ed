# METADATA
# title: DESDA-32
# description: "Information of ESDC programs is privileged unless Part 4 opens it; there is no consent gateway"
# custom:
#   provision: DESDA-32
# schemas:
#   - input: schema.input
package sharing.authority.desda_32

import data.sharing.authority.desda_34
import data.sharing.authority.desda_34_1
import data.sharing.authority.desda_35
import data.sharing.authority.desda_36
import data.sharing.authority.desda_36_2
import data.sharing.authority.irpr_209_997
import data.sharing.facts

# METADATA
# title: Personal elements that no gateway of Part 4 opens
forbids contains name if {
	some name in facts.governed_personal.desda
	not name in desda_34.permits
	not name in desda_34_1.permits
	not name in desda_35.permits
	not name in desda_36.permits
	not name in desda_36_2.permits
	not name in irpr_209_997.permits
}
