# METADATA
# title: FIPPA-42-1-n
# description: "To Canada or Ontario, to audit shared-cost programs"
# custom:
#   provision: FIPPA-42-1-n
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_n

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "audit"
	some name in facts.governed.fippa
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "purpose-not-audit", "citations": ["FIPPA-42-1-n"]} if facts.purpose.kind != "audit"

missing contains {"code": "not-an-audit-body", "citations": ["FIPPA-42-1-n"]} if not canada_or_ontario

# METADATA
# scope: document
# title: The recipient is Canada or Ontario
canada_or_ontario if form.of_kind({"federal"})

canada_or_ontario if form.recipient_in("FIPPA-42-1-n")

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-n", name)
}
