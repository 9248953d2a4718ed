# METADATA
# title: IRPA-149
# description: "What a carrier gave is used for immigration law only"
# custom:
#   provision: IRPA-149
# schemas:
#   - input: schema.input
package sharing.authority.irpa_149

import data.sharing.facts

# METADATA
# title: Elements from carriers, for any other law
forbids contains name if {
	some name, element in facts.elements
	element.category == "carrier"
	not immigration_law
}

# METADATA
# title: The purpose is of immigration law
immigration_law if facts.purpose.law in data.register.authorities["IRPA-149"].parameters.laws
