# METADATA
# title: DESDA-30
# description: "Part 4 protects personal information of ESDC programs and nothing else"
# custom:
#   provision: DESDA-30
# schemas:
#   - input: schema.input
package sharing.authority.desda_30

import data.sharing.facts

# METADATA
# title: Elements that are not personal information
permits contains name if {
	some name in facts.governed.desda
	name in facts.impersonal
}
