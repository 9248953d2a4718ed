# METADATA
# title: DCI-5.5
# description: "To federal and provincial bodies to administer or enforce an Act: identity, status, documents, under an agreement"
# custom:
#   provision: DCI-5.5
# schemas:
#   - input: schema.input
package sharing.authority.dci_5_5

import data.sharing.agreement_in_force
import data.sharing.facts

# METADATA
# title: Elements on identity, status or documents
permits contains name if {
	facts.custodian.organization == "ircc"
	facts.recipient.kind in {"federal", "province"}
	facts.administers_or_enforces
	agreement_in_force.in_force
	some name, element in facts.elements
	element.category in {"identity", "status", "document"}
}
