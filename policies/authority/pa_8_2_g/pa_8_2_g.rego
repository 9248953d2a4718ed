# METADATA
# title: PA-8-2-g
# description: "To a member of the House of Commons who helps the person"
# custom:
#   provision: PA-8-2-g
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_g

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "member-of-parliament"
	some name in facts.privacy_act_alone
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-8-2-g"]} if some code in form.member_of_parliament

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-g", name)
}
