# METADATA
# title: MF-2
# description: "Business identity information is not personal information"
# custom:
#   provision: MF-2
# schemas:
#   - input: schema.input
package sharing.authority.mf_2

import data.sharing.facts

# METADATA
# scope: document
# title: Business identity outside a record about a person
permits contains name if {
	some name in facts.governed.mfippa
	facts.elements[name].business_identity
	not facts.record_type.personal
}

permits contains name if {
	some name in facts.governed.mfippa
	name in facts.impersonal
}
