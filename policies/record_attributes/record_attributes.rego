# METADATA
# title: Record attributes
# description: |
#   What the record itself says once it was read: do not disclose, in confidence, open, final. Before the fetch the
#   record is null and nothing is judged. An attribute the catalogue declares and the record lacks counts against
#   disclosure.
# schemas:
#   - input: schema.input
package sharing.record_attributes

import data.sharing.clause_match
import data.sharing.determination
import data.sharing.facts

# METADATA
# title: The record has been read
fetched if is_object(input.record)

# METADATA
# title: The record must not be known to exist
protected if {
	fetched
	"do_not_disclose" in facts.record_type.attributes
	not input.record.attributes.do_not_disclose == false
}

# METADATA
# title: The record was received in confidence
received_in_confidence if {
	fetched
	"in_confidence" in facts.record_type.attributes
	not input.record.attributes.in_confidence == false
}

# METADATA
# title: The record was received in confidence, and the clause does not speak of that
confidential(clause) if {
	received_in_confidence
	not clause.in_confidence == "with-consent-of-source"
}

# METADATA
# scope: document
# title: The record meets every condition of the clause
meets(_) if input.record == null

meets(clause) if {
	fetched
	not protected
	not confidential(clause)
	every condition in clause.conditions {
		fits(condition)
	}
}

# METADATA
# title: The record meets one condition; an attribute it lacks meets none
fits(condition) if input.record.attributes[condition.attribute] in condition["in"]

# METADATA
# title: The record does not show the agreement that the catalogue demands for the element
unmet(name) if {
	fetched
	needs := facts.elements[name].needs
	not input.record.attributes[needs.attribute] == needs.equals
}

# METADATA
# scope: document
# title: The reason code of an attribute that does not fit
code_of("finding_status") := "finding-not-final"

code_of(attribute) := "record-condition-not-met" if attribute != "finding_status"

# METADATA
# scope: document
# title: Why the record is kept back
reasons contains {"code": "record-protected", "citations": []} if protected

reasons contains {"code": "in-confidence", "citations": ["PA-19-22-25-26"]} if {
	count(clause_match.matched) > 0
	every clause in clause_match.matched {
		confidential(clause)
	}
}

reasons contains {"code": code_of(condition.attribute), "citations": [clause_match.reference(clause)]} if {
	fetched
	not protected
	some clause in clause_match.matched
	some condition in clause.conditions
	not fits(condition)
}

# METADATA
# scope: document
# title: Why the record is kept back on another ground than an agreement
on_ground contains {"code": "record-protected", "citations": []} if {
	protected
	not determination.despite_banner
}

on_ground contains {"code": "in-confidence", "citations": []} if {
	received_in_confidence
	input.ground in {"consent", "own-information"}
	not determination.made
}
