# METADATA
# title: FIPPA-R460-5
# description: "Personal information used by a provincial institution is kept one year"
# custom:
#   provision: FIPPA-R460-5
# schemas:
#   - input: schema.input
package sharing.authority.fippa_r460_5

import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Elements of a clause that would have them destroyed too soon
forbids contains name if {
	"fippa" in facts.recipient.regimes
	some clause in clause_match.matched
	clause.retention.max_days < data.register.authorities["FIPPA-R460-5"].parameters.min_days
	some entry in clause.elements
	name := entry.name
	name in facts.personal
}
