# METADATA
# title: MF-32-j-k
# description: "To the minister responsible for the Act, or to the Information and Privacy Commissioner"
# custom:
#   provision: MF-32-j-k
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_j_k

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the municipal Act
reaches contains name if {
	input.ground == "oversight"
	some name in facts.governed.mfippa
}

# METADATA
# title: What the request lacks
missing contains {"code": "not-an-oversight-body", "citations": ["MF-32-j-k"]} if {
	not form.recipient_in("MF-32-j-k")
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("MF-32-j-k", name)
}
