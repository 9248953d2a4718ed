# METADATA
# title: IRPR-209.92
# description: "An officer to ESDC and provincial authorities, on permits and employer compliance"
# custom:
#   provision: IRPR-209.92
# schemas:
#   - input: schema.input
package sharing.authority.irpr_209_92

import data.sharing.facts

# METADATA
# title: Elements for the three purposes of the section
permits contains name if {
	facts.custodian.organization == "ircc"
	addressee
	input.purpose in data.register.authorities["IRPR-209.92"].parameters.purposes
	some name in governed_by_irpa
}

# METADATA
# title: Elements of an officer, under the Privacy Act
governed_by_irpa := facts.governed["privacy-act"]

# METADATA
# scope: document
# title: ESDC or a provincial authority
addressee if facts.recipient.organization == "esdc"

addressee if facts.recipient.kind == "province"
