# METADATA
# title: Case reference
# description: A clause may require that the request names the case it is for. Only its presence is judged.
# schemas:
#   - input: schema.input
package sharing.case_reference

import data.sharing.clause_match

# METADATA
# scope: document
# title: The clause has the case reference it requires
present(clause) if clause.case_reference == "optional"

present(_) if input.case_reference == true

# METADATA
# title: Why a case reference is missing
reasons contains {"code": "case-reference-missing", "citations": citations} if {
	count(clause_match.matched) > 0
	every clause in clause_match.matched {
		not present(clause)
	}
	citations := [clause_match.reference(clause) | some clause in clause_match.matched]
}
