# METADATA
# title: PA-8-2-f
# description: "Disclosure under an agreement with a province or foreign state, to administer or enforce a law; a municipality is not a province"
# custom:
#   provision: PA-8-2-f
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_f

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements under an agreement with a province or foreign state
permits contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.kind in {"province", "foreign-state"}
	agreement_in_force.in_force
	facts.administers_or_enforces
	some name in facts.governed["privacy-act"]
}
