# METADATA
# title: QCP-consent
# description: "With the person's consent to exactly these elements"
# custom:
#   provision: QCP-consent
# schemas:
#   - input: schema.input
package sharing.authority.qcp_consent

import data.sharing.facts

# METADATA
# title: Elements under the Act
reaches contains name if {
	input.ground == "consent"
	some name in facts.governed["quebec-private"]
}

# METADATA
# title: What the consent covers goes
permits contains name if some name in reaches
