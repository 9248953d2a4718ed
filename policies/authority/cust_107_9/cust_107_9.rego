# METADATA
# title: CUST-107-9
# description: "To the person, or with the person's consent"
# custom:
#   provision: CUST-107-9
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_9

import data.sharing.facts
import data.sharing.form
import data.sharing.own_information

# METADATA
# scope: document
# title: Customs elements for the person, or with consent
reaches contains name if {
	some name in own_information.asked
	name in facts.governed.customs
}

reaches contains name if {
	input.ground == "consent"
	some name in facts.governed.customs
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["CUST-107-9"]} if {
	input.ground == "own-information"
	some code in form.own_information
}

# METADATA
# scope: document
# title: What goes by rule, or because a named person released it
permits contains name if {
	some name in reaches
	input.ground == "consent"
}

permits contains name if {
	some name in own_information.asked
	name in reaches
	count(missing) == 0
	own_information.goes("CUST-107-9", name)
}
