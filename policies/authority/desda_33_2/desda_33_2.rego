# METADATA
# title: DESDA-33-2
# description: "To a Member of Parliament who inquires for the person on a matter under a program"
# custom:
#   provision: DESDA-33-2
# schemas:
#   - input: schema.input
package sharing.authority.desda_33_2

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements of ESDC programs
reaches contains name if {
	input.ground == "member-of-parliament"
	some name in facts.under_all_of_part_4
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-33-2"]} if some code in form.member_of_parliament

missing contains {"code": "matter-not-under-program", "citations": ["DESDA-33-2"]} if {
	not evidence.states("matter-under-program")
}

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("DESDA-33-2", name)
}
