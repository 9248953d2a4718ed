# METADATA
# title: DESDA-37
# description: "Where public interest clearly outweighs privacy, or the person clearly benefits"
# custom:
#   provision: DESDA-37
# schemas:
#   - input: schema.input
package sharing.authority.desda_37

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Elements of ESDC programs
reaches contains name if {
	input.ground in {"emergency", "public-interest"}
	some name in facts.governed.desda
}

# METADATA
# title: What the request lacks
missing contains {"code": code, "citations": ["DESDA-37"]} if some code in form.compelling

# METADATA
# title: Elements that the Minister, or a delegate, released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("DESDA-37", name)
}
