# METADATA
# title: PA-3-PI
# description: "What is not personal information is outside section 8 of the Privacy Act"
# custom:
#   provision: PA-3-PI
# schemas:
#   - input: schema.input
package sharing.authority.pa_3_pi

import data.sharing.facts

# METADATA
# title: Elements that are not personal information
permits := facts.impersonal
