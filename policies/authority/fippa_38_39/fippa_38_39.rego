# METADATA
# title: FIPPA-38-39
# description: "A ministry collects what is necessary for a lawfully authorised activity, indirectly where permitted"
# custom:
#   provision: FIPPA-38-39
# schemas:
#   - input: schema.input
package sharing.authority.fippa_38_39

import data.sharing.clause_match
import data.sharing.facts
import data.sharing.manner_of_collection

# METADATA
# title: The purpose belongs to an activity of the ministry, and the information may come from elsewhere
collects if {
	"fippa" in facts.recipient.regimes
	some program in facts.purpose.programs
	program in facts.recipient.programs
	indirectly
	facts.purpose.notice != ""
}

# METADATA
# scope: document
# title: A manner that both of Ontario's Acts allow, or an Act that names provinces allows it
indirectly if manner_of_collection.indirectly

indirectly if {
	some clause in clause_match.matched
	some id in clause.discloser.authorities
	id in data.register.authorities["FIPPA-38-39"].parameters.enabling
}
