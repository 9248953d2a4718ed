# METADATA
# title: PA-8-2-j
# description: "For research or statistics that nothing less would serve, with an undertaking to identify nobody"
# custom:
#   provision: PA-8-2-j
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_j

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "research"
	input.evidence.aim != "claims-research"
	some name in facts.privacy_act_alone
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-8-2-j"]} if some code in form.research

# METADATA
# title: Elements that the head, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-j", name)
}
