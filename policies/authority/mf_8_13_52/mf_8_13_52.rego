# METADATA
# title: MF-8-13-52
# description: "Access by someone else yields to safety, on evidence; a person weighs it"
# custom:
#   provision: MF-8-13-52
# schemas:
#   - input: schema.input
package sharing.authority.mf_8_13_52

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts

# METADATA
# title: Elements that could endanger someone and that nobody released
forbids contains name if {
	input.ground == "access-request"
	evidence.states("harm")
	some name in facts.governed.mfippa
	not determination.releases("MF-8-13-52", name)
}
