# METADATA
# title: FIPPA-42-1-h
# description: "In compelling circumstances that affect health or safety, with a notice mailed to the person"
# custom:
#   provision: FIPPA-42-1-h
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_h

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "emergency"
	not evidence.states("compassion")
	some name in facts.governed.fippa
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["FIPPA-42-1-h"]} if some code in form.compelling

missing contains {"code": "circumstances-not-stated", "citations": ["FIPPA-42-1-h"]} if {
	not evidence.states("compelling-circumstances")
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-h", name)
}
