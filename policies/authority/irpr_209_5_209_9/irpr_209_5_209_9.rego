# METADATA
# title: IRPR-209.5-209.9
# description: "ESDC and IRCC collect what an inspection of an employer needs"
# custom:
#   provision: IRPR-209.5-209.9
# schemas:
#   - input: schema.input
package sharing.authority.irpr_209_5_209_9

import data.sharing.facts

# METADATA
# title: An institution that inspects collects for an inspection
collects if {
	facts.recipient.organization in data.register.authorities["IRPR-209.5-209.9"].parameters.organizations
	input.purpose in data.register.authorities["IRPR-209.5-209.9"].parameters.purposes
}
