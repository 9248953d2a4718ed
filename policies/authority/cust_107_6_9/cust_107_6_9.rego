# METADATA
# title: CUST-107-6-9
# description: "The Minister may provide in the public interest, or to the clear benefit of the person"
# custom:
#   provision: CUST-107-6-9
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_6_9

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Customs elements
reaches contains name if {
	input.ground == "public-interest"
	some name in facts.governed.customs
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["CUST-107-6-9"]} if some code in form.compelling

missing contains {"code": "no-other-way-not-stated", "citations": ["CUST-107-6-9"]} if not last_way

# METADATA
# scope: document
# title: The section allows it in no other way (6)(a), or the individual clearly benefits (6)(b)
last_way if evidence.states("no-other-way")

last_way if evidence.states("clear-benefit")

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("CUST-107-6-9", name)
}
