# METADATA
# title: FIPPA-42-1-f-g
# description: "To a law enforcement agency in Canada, or an institution under the same Act, to aid an investigation or to decide whether to investigate"
# custom:
#   provision: FIPPA-42-1-f-g
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_f_g

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "investigative-request"
	some name in facts.governed.fippa
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "not-in-writing", "citations": ["FIPPA-42-1-f-g"]} if not evidence.states("request-in-writing")

missing contains {"code": "investigation-not-identified", "citations": ["FIPPA-42-1-f-g"]} if not form.investigates_or_may

missing contains {"code": "not-a-law-enforcement-agency", "citations": ["FIPPA-42-1-f-g"]} if {
	not form.aids_an_investigation("fippa")
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("FIPPA-42-1-f-g", name)
}
