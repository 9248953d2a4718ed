# METADATA
# title: FIPPA-42-1-j
# description: "To a member of the Legislative Assembly whom a constituent authorised to inquire"
# custom:
#   provision: FIPPA-42-1-j
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_j

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "member-of-parliament"
	some name in facts.governed.fippa
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "constituent-request-missing", "citations": ["FIPPA-42-1-j"]} if {
	not evidence.states("constituent-request")
}

missing contains {"code": "not-a-member-of-the-legislature", "citations": ["FIPPA-42-1-j"]} if {
	not form.recipient_in("FIPPA-42-1-j")
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-j", name)
}
