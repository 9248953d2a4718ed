# METADATA
# title: QC-59
# description: "A public body of Quebec discloses personal information only as the Act lets it"
# custom:
#   provision: QC-59
# schemas:
#   - input: schema.input
package sharing.authority.qc_59

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Personal elements that no exception opens
forbids contains name if {
	some name in facts.governed_personal["quebec-access"]
	not in_force.lifts("QC-59", name)
}
