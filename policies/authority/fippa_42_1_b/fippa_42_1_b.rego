# METADATA
# title: FIPPA-42-1-b
# description: "With the person's consent to exactly these elements"
# custom:
#   provision: FIPPA-42-1-b
# schemas:
#   - input: schema.input
package sharing.authority.fippa_42_1_b

import data.sharing.facts

# METADATA
# title: Elements under the provincial Act
reaches contains name if {
	input.ground == "consent"
	some name in facts.governed.fippa
}

# METADATA
# title: What the consent covers goes
permits contains name if some name in reaches
