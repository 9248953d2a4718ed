# METADATA
# title: IRPR-209.95-209.996
# description: "A preliminary finding is not a violation and is not shown as one"
# custom:
#   provision: IRPR-209.95-209.996
# schemas:
#   - input: schema.input
package sharing.authority.irpr_209_95_209_996

import data.sharing.facts

# METADATA
# title: Finding elements of a record whose finding is not final
forbids contains name if {
	is_object(input.record)
	some name, element in facts.elements
	element.finding
	"finding_status" in facts.record_type.attributes
	not input.record.attributes.finding_status == "final"
}
