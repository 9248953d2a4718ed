# METADATA
# title: IRPR-196.2
# description: "What could expose a complainant to reprisal stays with those who enforce or decide"
# custom:
#   provision: IRPR-196.2
# schemas:
#   - input: schema.input
package sharing.authority.irpr_196_2

import data.sharing.facts

# METADATA
# title: Reprisal-sensitive elements for anyone but a federal or provincial body, where no person weighs it for the worker
forbids contains name if {
	not input.ground in {"emergency", "own-information"}
	some name, element in facts.elements
	element.reprisal_sensitive
	not facts.recipient.kind in {"federal", "province"}
}
