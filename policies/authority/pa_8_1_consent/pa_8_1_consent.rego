# METADATA
# title: PA-8-1-consent
# description: "With the person's consent; it lifts no other Act"
# custom:
#   provision: PA-8-1-consent
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_1_consent

import data.sharing.facts

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "consent"
	some name in facts.privacy_act_alone
}

# METADATA
# title: What the consent covers goes
permits contains name if some name in reaches
