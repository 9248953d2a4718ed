# METADATA
# title: PA-5
# description: "Indirect collection needs authority of the source to disclose"
# custom:
#   provision: PA-5
# schemas:
#   - input: schema.input
package sharing.authority.pa_5

import data.sharing.facts

# METADATA
# title: The source is under a regime that lets it disclose, so collection may be indirect
collects if {
	facts.recipient.kind == "federal"
	facts.purpose.notice != ""
}
