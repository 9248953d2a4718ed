# METADATA
# title: PA-SCHED-II
# description: "Investigative bodies are matched by unit, not by department"
# custom:
#   provision: PA-SCHED-II
# schemas:
#   - input: schema.input
package sharing.authority.pa_sched_ii

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: The unit that would receive is listed on the date of the request
listed if {
	some role in facts.recipient.roles
	role.role == "investigative-body"
	in_force.within(role)
}
