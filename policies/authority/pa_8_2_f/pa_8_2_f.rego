# METADATA
# title: PA-8-2-f
# description: "An agreement with a province, a foreign state, an international organization or a listed First Nation government"
# custom:
#   provision: PA-8-2-f
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_f

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements under an agreement with a listed government or organization
permits contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.kind in {"province", "foreign-state", "international-organization", "first-nation-government"}
	agreement_in_force.in_force
	lawful_purpose
	some name in facts.governed["privacy-act"]
}

# METADATA
# scope: document
# title: A law is administered or enforced, or a lawful investigation carried out
lawful_purpose if facts.administers_or_enforces

lawful_purpose if facts.purpose.kind == "investigate"
