# METADATA
# title: PA-8-2-d
# description: "To the Attorney General of Canada, for legal proceedings that involve the federal Crown"
# custom:
#   provision: PA-8-2-d
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_d

import data.sharing.facts

# METADATA
# title: Elements for counsel of the Crown in its proceedings
permits contains name if {
	facts.custodian.kind == "federal"
	facts.recipient.organization in data.register.authorities["PA-8-2-d"].parameters.organizations
	facts.purpose.kind == "legal-proceedings"
	some name in facts.governed["privacy-act"]
}
