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
# title: Personal elements of a federal institution
obliges contains name if {
	facts.custodian.kind == "federal"
	some name in facts.governed_personal["privacy-act"]
}
