# METADATA
# title: DESDA-38-39
# description: "For research under a written agreement with an undertaking, where nothing less would serve; never for a decision"
# custom:
#   provision: DESDA-38-39
# schemas:
#   - input: schema.input
package sharing.authority.desda_38_39

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements of ESDC programs
reaches contains name if {
	input.ground == "research"
	some name in facts.governed.desda
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-38-39"]} if some code in form.research

missing contains {"code": "document-missing", "citations": ["DESDA-38-39"]} if not input.evidence.document

missing contains {"code": "research-principles-not-stated", "citations": ["DESDA-38-39"]} if not principled

# METADATA
# title: It is said how it serves the public interest and how its results are made available (39(1)(c), (e))
principled if {
	evidence.states("public-interest")
	evidence.states("results")
}

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("DESDA-38-39", name)
}
