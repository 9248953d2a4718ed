# METADATA
# title: TBS-ISA-purpose
# description: "Who answers for an arrangement is told of a request outside its purpose"
# custom:
#   provision: TBS-ISA-purpose
# schemas:
#   - input: schema.input
package sharing.authority.tbs_isa_purpose

import data.sharing.agreement_in_force
import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: Elements that a party asked of a federal institution under an agreement in force, for a purpose or in bulk it does not cover
obliges contains name if {
	input.ground == "agreement"
	facts.custodian.kind == "federal"
	agreement_in_force.in_force
	agreement_in_force.all_parties
	some reason in clause_match.reasons
	reason.code in {"list-not-granted", "purpose-not-covered"}
	some name in input.elements
}
