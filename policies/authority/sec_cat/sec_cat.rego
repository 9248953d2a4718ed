# METADATA
# title: SEC-CAT
# description: "Personal information of federal case files is Protected B and marked so"
# custom:
#   provision: SEC-CAT
# schemas:
#   - input: schema.input
package sharing.authority.sec_cat

import data.sharing.facts

# METADATA
# scope: document
# title: Personal elements of a federal institution, and everything of a file that opens and closes
obliges contains name if {
	facts.custodian.kind == "federal"
	some name in facts.governed_personal["privacy-act"]
}

obliges contains name if {
	facts.custodian.kind == "federal"
	"case_open" in facts.record_type.attributes
	some name, _ in facts.elements
}
