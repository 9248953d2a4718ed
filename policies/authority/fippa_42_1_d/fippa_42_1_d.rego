# METADATA
# title: FIPPA-42-1-d
# description: "To an officer, employee, consultant or agent who needs it for duties"
# custom:
#   provision: FIPPA-42-1-d
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_d

import data.sharing.facts

# METADATA
# title: Elements for a unit of the institution or engaged by it, for a program it works in
permits contains name if {
	engaged
	some program in facts.purpose.programs
	program in facts.recipient.programs
	some name in facts.governed.fippa
}

# METADATA
# scope: document
# title: The recipient is of the institution or works for it under contract
engaged if facts.one_institution

engaged if facts.custodian.organization in facts.engaging
