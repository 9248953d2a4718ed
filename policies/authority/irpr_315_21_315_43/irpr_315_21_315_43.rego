# METADATA
# title: IRPR-315.21-315.43
# description: "To a partner country, one query at a time, a closed list of facts"
# custom:
#   provision: IRPR-315.21-315.43
# schemas:
#   - input: schema.input
package sharing.authority.irpr_315_21_315_43

import data.sharing.facts

# METADATA
# title: Facts on identity, status or documents, for one query of a partner country
permits contains name if {
	facts.custodian.organization == "ircc"
	facts.recipient.organization in data.register.authorities["IRPR-315.21-315.43"].parameters.organizations
	input.purpose in data.register.authorities["IRPR-315.21-315.43"].parameters.purposes
	input.cardinality == "single"
	made_as_asked
	some name in facts.governed["privacy-act"]
	facts.elements[name].category in {"identity", "status", "document"}
}

# METADATA
# scope: document
# title: A query of the third Division bears the transaction number of an earlier one (315.38), as its case reference
made_as_asked if input.case_reference

made_as_asked if {
	not facts.recipient.organization in data.register.authorities["IRPR-315.21-315.43"].parameters.by_transaction_number
}
