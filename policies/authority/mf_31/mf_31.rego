# METADATA
# title: MF-31
# description: "Use inside one municipal institution, for the original or a consistent purpose, or one it could be disclosed for"
# custom:
#   provision: MF-31
# schemas:
#   - input: schema.input
package sharing.authority.mf_31

import data.sharing.authority.mf_32_d
import data.sharing.authority.mf_32_e
import data.sharing.facts

# METADATA
# title: Elements used inside one institution, for a purpose that the law allows
permits contains name if {
	facts.one_institution
	some name in facts.governed.mfippa
	lawful(name)
}

# METADATA
# scope: document
# title: The use is consistent with the bank, or the information could be disclosed to the institution for it
lawful(_) if facts.consistent_use

lawful(name) if name in mf_32_d.permits

lawful(name) if name in mf_32_e.permits
