# METADATA
# title: MF-14-exceptions
# description: "Someone else gets it with the person's consent, or for a compelling reason; a named person decides"
# custom:
#   provision: MF-14-exceptions
# schemas:
#   - input: schema.input
package sharing.authority.mf_14_exceptions

import data.sharing.authority.mf_2
import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Personal elements for which an exception is claimed
reaches contains name if {
	input.ground == "access-request"
	form.access_exception
	some name in facts.governed_personal.mfippa
	not name in mf_2.reaches
}

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	determination.releases("MF-14-exceptions", name)
}
