# METADATA
# title: PA-8-2-h
# description: "To staff of the institution for internal audit, or to a prescribed body for audit"
# custom:
#   provision: PA-8-2-h
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_h

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "audit"
	not form.recipient_in("AGA-13-1")
	some name in facts.privacy_act_alone
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "purpose-not-audit", "citations": ["PA-8-2-h"]} if facts.purpose.kind != "audit"

missing contains {"code": "not-an-audit-body", "citations": ["PA-8-2-h"]} if not auditor

# METADATA
# scope: document
# title: The recipient audits, inside the institution or as a prescribed body
auditor if facts.one_institution

auditor if form.recipient_in("PA-8-2-h")

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-h", name)
}
