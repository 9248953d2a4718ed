# METADATA
# title: DCI-5.4
# description: "Inside the Department of Citizenship and Immigration, for the lawful duties of its units"
# custom:
#   provision: DCI-5.4
# schemas:
#   - input: schema.input
package sharing.authority.dci_5_4

import data.sharing.facts

# METADATA
# title: Elements inside the Department for a program of the receiving unit
permits contains name if {
	facts.custodian.organization in data.register.authorities["DCI-5.4"].parameters.department
	facts.one_institution
	some program in facts.purpose.programs
	program in facts.recipient.programs
	some name in facts.governed["privacy-act"]
}
