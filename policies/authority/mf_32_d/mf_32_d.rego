# METADATA
# title: MF-32-d
# description: "To an officer, employee, consultant or agent who needs it for duties"
# custom:
#   provision: MF-32-d
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_d

import data.sharing.facts

# METADATA
# title: Elements for a unit engaged by the institution, for a program it works in
permits contains name if {
	engaged
	some program in facts.purpose.programs
	program in facts.recipient.programs
	some name in facts.governed.mfippa
}

# METADATA
# scope: document
# title: The recipient is of the institution or works for it under contract
engaged if facts.one_institution

engaged if facts.custodian.organization in facts.engaging
