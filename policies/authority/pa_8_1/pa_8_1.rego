# METADATA
# title: PA-8-1
# description: "No disclosure of personal information except under section 8; use under section 7 is within paragraph 8(2)(a)"
# custom:
#   provision: PA-8-1
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_1

import data.sharing.authority.pa_8_2_a
import data.sharing.authority.pa_8_2_b
import data.sharing.authority.pa_8_2_d
import data.sharing.authority.pa_8_2_f
import data.sharing.authority.pa_8_2_i
import data.sharing.authority.pa_8_2_l
import data.sharing.facts

# METADATA
# title: Personal elements that no paragraph opens
forbids contains name if {
	some name in facts.governed_personal["privacy-act"]
	not name in pa_8_2_a.permits
	not name in pa_8_2_b.permits
	not name in pa_8_2_d.permits
	not name in pa_8_2_f.permits
	not name in pa_8_2_i.permits
	not name in pa_8_2_l.permits
}
