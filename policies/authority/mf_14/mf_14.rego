# METADATA
# title: MF-14
# description: "On someone else's access request personal information is presumed protected"
# custom:
#   provision: MF-14
# schemas:
#   - input: schema.input
package sharing.authority.mf_14

import data.sharing.authority.mf_2
import data.sharing.facts

# METADATA
# title: Personal elements, other than the business identity of someone
forbids contains name if {
	input.ground == "access-request"
	some name in facts.governed_personal.mfippa
	not name in mf_2.reaches
}
