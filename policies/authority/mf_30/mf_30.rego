# METADATA
# title: MF-30
# description: "Personal information used by a municipal institution is kept one year, or for the shorter time of a by-law or resolution"
# custom:
#   provision: MF-30
# schemas:
#   - input: schema.input
package sharing.authority.mf_30

import data.sharing.clause_match
import data.sharing.facts
import data.sharing.minimum_retention

# METADATA
# title: Elements of a clause that would have them destroyed too soon
forbids contains name if {
	"mfippa" in facts.recipient.regimes
	some clause in clause_match.matched
	clause.retention.max_days < minimum_retention.of("MF-30")
	some entry in clause.elements
	name := entry.name
	name in facts.personal
}
