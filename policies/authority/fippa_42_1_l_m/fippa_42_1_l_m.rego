# METADATA
# title: FIPPA-42-1-l-m
# description: "To the minister responsible for the Act, or to the Information and Privacy Commissioner"
# custom:
#   provision: FIPPA-42-1-l-m
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_l_m

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "oversight"
	some name in facts.governed.fippa
}

# METADATA
# title: What the request lacks
missing contains {"code": "not-an-oversight-body", "citations": ["FIPPA-42-1-l-m"]} if {
	not form.recipient_in("FIPPA-42-1-l-m")
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-l-m", name)
}
