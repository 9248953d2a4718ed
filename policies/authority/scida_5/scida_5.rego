# METADATA
# title: SCIDA-5
# description: "To a listed institution responsible for activities that undermine the security of Canada; other Acts still forbid"
# custom:
#   provision: SCIDA-5
# schemas:
#   - input: schema.input
package sharing.authority.scida_5

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that are not privileged
reaches contains name if {
	input.ground == "national-security"
	some name in facts.governed["privacy-act"]
	not facts.governs("desda", name)
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["SCIDA-5"]} if some code in form.national_security

missing contains {"code": "not-a-security-institution", "citations": ["SCIDA-5"]} if not form.recipient_in("SCIDA-5")

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("SCIDA-5", name)
}
