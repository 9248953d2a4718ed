# METADATA
# title: IRPR-209.997
# description: "The fields published after a final determination are free to anyone"
# custom:
#   provision: IRPR-209.997
# schemas:
#   - input: schema.input
package sharing.authority.irpr_209_997

import data.sharing.facts

# METADATA
# title: What may be had without an agreement
reaches contains name if {
	input.ground == "published"
	some name in permits
}

# METADATA
# title: Published fields of a final finding
permits contains name if {
	some name, element in facts.elements
	element.published
	determined
}

# METADATA
# scope: document
# title: The finding is final, as far as is known before the record is read
determined if input.record == null

determined if input.record.attributes.finding_status == "final"
