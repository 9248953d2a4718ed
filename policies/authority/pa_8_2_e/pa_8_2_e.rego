# METADATA
# title: PA-8-2-e
# description: "To a listed unit, on its written request that says the purpose and describes the information"
# custom:
#   provision: PA-8-2-e
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_e

import data.sharing.authority.pa_sched_ii
import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements that no other Act governs
reaches contains name if {
	input.ground == "investigative-request"
	some name in facts.privacy_act_alone
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-8-2-e"]} if some code in form.investigative_request

missing contains {"code": "not-an-investigative-body", "citations": ["PA-8-2-e", "PA-SCHED-II"]} if not pa_sched_ii.listed

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-8-2-e", name)
}
