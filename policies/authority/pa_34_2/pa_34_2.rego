# METADATA
# title: PA-34-2
# description: "The Privacy Commissioner examines records while investigating a complaint"
# custom:
#   provision: PA-34-2
# schemas:
#   - input: schema.input
package sharing.authority.pa_34_2

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under any Act of Parliament; none shields them from the Privacy Commissioner
reaches contains name if {
	input.ground == "oversight"
	some regime in data.register.authorities["PA-34-2"].regimes
	some name in facts.governed[regime]
}

# METADATA
# title: What the request lacks
missing contains {"code": "not-an-oversight-body", "citations": ["PA-34-2"]} if {
	not form.recipient_in("PA-34-2")
}

# METADATA
# title: Those that a person released
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("PA-34-2", name)
}
