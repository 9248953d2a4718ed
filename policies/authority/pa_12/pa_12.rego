# METADATA
# title: PA-12
# description: "The person has access, on written request and proof of identity, also through a representative"
# custom:
#   provision: PA-12
# schemas:
#   - input: schema.input
package sharing.authority.pa_12

import data.sharing.facts
import data.sharing.form
import data.sharing.own_information

# METADATA
# title: Elements about the person who asks
reaches contains name if {
	some name in own_information.asked
	name in facts.governed["privacy-act"]
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["PA-12"]} if some code in form.own_information

# METADATA
# title: What goes to the person by rule, or because a named person released it
permits contains name if {
	some name in reaches
	count(missing) == 0
	own_information.goes("PA-12", name)
}
