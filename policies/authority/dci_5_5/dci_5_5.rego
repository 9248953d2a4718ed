# METADATA
# title: DCI-5.5
# description: "IRCC to federal and provincial bodies: identity, status and documents only, under a written agreement"
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
	agreement_in_force.in_force
	some name, element in facts.elements
	element.category in {"identity", "status", "document"}
}
