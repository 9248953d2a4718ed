# METADATA
# title: MF-32-b
# description: "With the person's consent to exactly these elements"
# custom:
#   provision: MF-32-b
# schemas:
#   - input: schema.input
package sharing.authority.mf_32_b

import data.sharing.facts

# METADATA
# title: Elements under the municipal Act
reaches contains name if {
	input.ground == "consent"
	some name in facts.governed.mfippa
}

# METADATA
# title: What the consent covers goes
permits contains name if some name in reaches
