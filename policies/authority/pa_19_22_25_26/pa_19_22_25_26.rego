# METADATA
# title: PA-19-22-25-26
# description: "What was received in confidence is kept back in the person's own account, unless the source agreed"
# custom:
#   provision: PA-19-22-25-26
# schemas:
#   - input: schema.input
package sharing.authority.pa_19_22_25_26

import data.sharing.determination
import data.sharing.facts
import data.sharing.record_attributes

# METADATA
# scope: document
# title: Elements that the person asks for, or a member of Parliament of ESDC, subject to the exemptions (DESDA 33(2))
subject_to_exemptions contains name if {
	input.ground == "own-information"
	some name in facts.governed["privacy-act"]
}

subject_to_exemptions contains name if {
	input.ground == "member-of-parliament"
	some name in facts.governed.desda
}

# METADATA
# title: Elements of a record received in confidence
forbids contains name if {
	some name in subject_to_exemptions
	record_attributes.received_in_confidence
	not released_as_agreed(name)
}

# METADATA
# title: A person released the element, who says that whoever gave it agrees or made it public (19(2))
released_as_agreed(name) if {
	determination.source_agreed
	determination.releases("PA-19-22-25-26", name)
}
