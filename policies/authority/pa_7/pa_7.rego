# METADATA
# title: PA-7
# description: "Use inside one federal institution, for the original or a consistent purpose, or one it could be disclosed for"
# custom:
#   provision: PA-7
# schemas:
#   - input: schema.input
package sharing.authority.pa_7

import data.sharing.authority.pa_8_2_b
import data.sharing.authority.pa_8_2_l
import data.sharing.facts

# METADATA
# title: Elements used inside one institution, for a purpose that the law allows
permits contains name if {
	facts.custodian.kind == "federal"
	facts.one_institution
	some name in facts.governed["privacy-act"]
	lawful(name)
}

# METADATA
# scope: document
# title: The use is consistent with the bank, or the information could be disclosed to the institution for it
lawful(_) if facts.consistent_use

lawful(name) if name in pa_8_2_b.permits

lawful(name) if name in pa_8_2_l.permits

# The internal auditors of the institution, Privacy Act 8(2)(h).
lawful(name) if {
	facts.purpose.kind == "audit"
	name in facts.privacy_act_alone
}
