# METADATA
# title: PA-8-2-k
# description: "To an Indigenous body, to research or validate claims, disputes and grievances"
# custom:
#   provision: PA-8-2-k
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_k

import data.sharing.determination
import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "research"
	input.evidence.aim == "claims-research"
	some name in facts.privacy_act_alone
}

# METADATA
# title: What the request lacks
missing contains {"code": "not-an-indigenous-body", "citations": ["PA-8-2-k"]} if not indigenous_body

# METADATA
# title: The recipient is an Indigenous body, or acts for one, on the date of the request
indigenous_body if {
	some role in facts.recipient.roles
	role.role == "indigenous-body"
	in_force.within(role)
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-k", name)
}
