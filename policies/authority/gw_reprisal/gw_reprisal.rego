# METADATA
# title: GW-REPRISAL
# description: "What could expose a complainant to reprisal stays with those who enforce or decide"
# custom:
#   provision: GW-REPRISAL
# schemas:
#   - input: schema.input
package sharing.authority.gw_reprisal

import data.sharing.facts

# METADATA
# title: Reprisal-sensitive elements for anyone but a federal or provincial body, unless the worker agreed or a person decides
forbids contains name if {
	not input.ground in {"consent", "court-order", "emergency", "own-information"}
	some name, element in facts.elements
	element.reprisal_sensitive
	not facts.recipient.kind in {"federal", "province"}
}
