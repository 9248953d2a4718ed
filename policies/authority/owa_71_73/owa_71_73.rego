# METADATA
# title: OWA-71-73
# description: "Ontario Works delivery agents share under agreements made under the Act"
# custom:
#   provision: OWA-71-73
# schemas:
#   - input: schema.input
package sharing.authority.owa_71_73

import data.sharing.facts

# METADATA
# title: A delivery agent collects to administer the Act, under such an agreement
collects if {
	"ontario-works" in facts.recipient.programs
	facts.purpose.law == "OWA"
	"OWA-71-73" in facts.schedule.made_under
}
