# METADATA
# title: PR-4
# description: "Personal information used for an administrative purpose is kept two years, unless the person agrees to less"
# custom:
#   provision: PR-4
# schemas:
#   - input: schema.input
package sharing.authority.pr_4

import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Elements of a clause that would have them destroyed too soon
forbids contains name if {
	facts.recipient.kind == "federal"
	facts.purpose.administrative
	some clause in clause_match.matched
	not clause.retention.sooner_with_consent
	clause.retention.max_days < data.register.authorities["PR-4"].parameters.min_days
	some entry in clause.elements
	name := entry.name
	name in facts.personal
}
