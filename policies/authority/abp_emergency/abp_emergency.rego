# METADATA
# title: ABP-emergency
# description: "Where life, health or safety is in danger; a named person decides"
# custom:
#   provision: ABP-emergency
# schemas:
#   - input: schema.input
package sharing.authority.abp_emergency

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements under the Act
reaches contains name if {
	input.ground == "emergency"
	some name in facts.governed["ab-pipa"]
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["ABP-emergency"]} if some code in form.compelling

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("ABP-emergency", name)
}
