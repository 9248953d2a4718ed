# METADATA
# title: BCP-consent
# description: "With the person's consent to exactly these elements"
# custom:
#   provision: BCP-consent
# schemas:
#   - input: schema.input
package sharing.authority.bcp_consent

import data.sharing.facts

# METADATA
# title: Elements under the Act
reaches contains name if {
	input.ground == "consent"
	some name in facts.governed["bc-pipa"]
}

# METADATA
# title: What the consent covers goes
permits contains name if some name in reaches
