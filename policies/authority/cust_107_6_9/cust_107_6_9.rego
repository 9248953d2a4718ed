# METADATA
# title: CUST-107-6-9
# description: "The Minister may provide in the public interest, or to the clear benefit of the person"
# custom:
#   provision: CUST-107-6-9
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_6_9

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Customs elements
reaches contains name if {
	input.ground == "public-interest"
	some name in facts.governed.customs
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["CUST-107-6-9"]} if some code in form.compelling

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("CUST-107-6-9", name)
}
