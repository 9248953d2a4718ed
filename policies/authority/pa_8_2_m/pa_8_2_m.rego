# METADATA
# title: PA-8-2-m
# description: "Where public interest clearly outweighs privacy, or the person clearly benefits; never privileged or customs information"
# custom:
#   provision: PA-8-2-m
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_m

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground in {"emergency", "public-interest"}
	some name in facts.privacy_act_alone
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-8-2-m"]} if some code in form.compelling

# METADATA
# title: Elements that the head, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-m", name)
}
