# METADATA
# title: DCI-5.5-2
# description: "A province does not pass on to a foreign entity what IRCC gave"
# custom:
#   provision: DCI-5.5-2
# schemas:
#   - input: schema.input
package sharing.authority.dci_5_5_2

import data.sharing.facts

# METADATA
# title: Personal elements that a province receives from IRCC
obliges contains name if {
	facts.custodian.organization == "ircc"
	facts.recipient.kind == "province"
	some name in facts.governed_personal["privacy-act"]
}
