# METADATA
# title: MF-14
# description: "On someone else's access request personal information is presumed protected where no exception is claimed"
# custom:
#   provision: MF-14
# schemas:
#   - input: schema.input
package sharing.authority.mf_14

import data.sharing.authority.mf_2
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Personal elements, other than the business identity of someone
forbids contains name if {
	input.ground == "access-request"
	not form.access_exception
	not evidence.states("dead-over-30-years")
	some name in facts.governed_personal.mfippa
	not name in mf_2.reaches
}
