# METADATA
# title: BCP-emergency
# description: "Where life, health or safety is in danger; a named person decides"
# custom:
#   provision: BCP-emergency
# schemas:
#   - input: schema.input
package sharing.authority.bcp_emergency

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the Act
reaches contains name if {
	input.ground == "emergency"
	some name in facts.governed["bc-pipa"]
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["BCP-emergency"]} if some code in form.compelling

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("BCP-emergency", name)
}
