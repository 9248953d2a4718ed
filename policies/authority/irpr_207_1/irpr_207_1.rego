# METADATA
# title: IRPR-207.1
# description: "IRCC may issue an open work permit to a worker at risk of abuse, and collects the evidence for it"
# custom:
#   provision: IRPR-207.1
# schemas:
#   - input: schema.input
package sharing.authority.irpr_207_1

import data.sharing.facts

# METADATA
# title: IRCC collects evidence for this permit
collects if {
	facts.recipient.organization == "ircc"
	input.purpose in data.register.authorities["IRPR-207.1"].parameters.purposes
}
