# METADATA
# title: MF-2
# description: "Business identity information is not personal information"
# custom:
#   provision: MF-2
# schemas:
#   - input: schema.input
package sharing.authority.mf_2

import data.sharing.determination
import data.sharing.facts

# METADATA
# scope: document
# title: Business identity outside a record about a person, and what is not personal
free contains name if {
	some name in facts.governed.mfippa
	facts.elements[name].business_identity
	not facts.record_type.personal
}

free contains name if {
	some name in facts.governed.mfippa
	name in facts.impersonal
}

# METADATA
# title: Such elements on someone else's access request
reaches contains name if {
	input.ground == "access-request"
	some name in free
}

# METADATA
# scope: document
# title: Such elements under an agreement, or that a named person released
permits contains name if {
	input.ground == "agreement"
	some name in free
}

permits contains name if {
	some name in reaches
	determination.releases("MF-2", name)
}
