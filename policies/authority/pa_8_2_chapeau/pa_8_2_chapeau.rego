# METADATA
# title: PA-8-2-chapeau
# description: "Every paragraph of 8(2) yields to any other Act of Parliament"
# custom:
#   provision: PA-8-2-chapeau
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_chapeau

import data.sharing.authority.cust_107_1_2
import data.sharing.authority.desda_32
import data.sharing.facts

# METADATA
# scope: document
# title: Elements that another federal Act forbids
forbids contains name if {
	some name in facts.governed["privacy-act"]
	name in desda_32.forbids
}

forbids contains name if {
	some name in facts.governed["privacy-act"]
	name in cust_107_1_2.forbids
}
