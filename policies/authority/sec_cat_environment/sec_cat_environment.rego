# METADATA
# title: SEC-CAT-environment
# description: "What is Protected B goes by agreement only into an environment accredited for it"
# custom:
#   provision: SEC-CAT-environment
# schemas:
#   - input: schema.input
package sharing.authority.sec_cat_environment

import data.sharing.authority.sec_cat
import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: What is Protected B, where the recipient's systems may not hold it
forbids contains name if {
	input.ground == "agreement"
	some name in sec_cat.obliges
	not may_hold
}

# METADATA
# title: The recipient's systems are accredited for Protected B or more, on the date of the request
may_hold if {
	facts.recipient.accredited.category in {"protected-b", "protected-c"}
	in_force.within(facts.recipient.accredited)
}
