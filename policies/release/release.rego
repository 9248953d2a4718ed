# METADATA
# title: Release
# description: |
#   What goes on another ground than an agreement. For every regime that governs an element a provision of the ground in
#   force must open it; a prohibition that holds overrides; an element about somebody else goes only where a court
#   orders it, or the Privacy Commissioner examines it, and a person releases it. Where a person decided, exactly what
#   that person released goes, in the form they chose, within what was asked and the law opens.
# schemas:
#   - input: schema.input
package sharing.release

import data.sharing.determination
import data.sharing.discloser_authority
import data.sharing.element_form
import data.sharing.evidence
import data.sharing.facts
import data.sharing.ground
import data.sharing.record_attributes

# METADATA
# title: What goes, in which form; no clause grants it
granted[name] := {"form": form, "clause": null} if {
	some name in ground.candidates
	ground.open[name]
	not discloser_authority.forbidden[name]
	not somebody_else_decides(name)
	form := form_of(name)
}

# METADATA
# title: Somebody else has to agree to the element and has not, and no court orders it
somebody_else_decides(name) if {
	record_attributes.unmet(name)
	not ground.compelled
}

# METADATA
# scope: document
# title: Where a person decided, only what that person released
as_released(_) if not determination.made

as_released(name) if name in determination.chosen

# METADATA
# scope: document
# title: The form that a person chose; free text only scrubbed by rule, everything else as it is
form_of(name) := form if {
	form := element_form.of(determination.form(name))
	fits(name, form.kind)
}

form_of(name) := {"kind": "scrub", "keep": null, "to": null} if {
	not determination.made
	facts.elements[name].sensitivity == "FT"
}

form_of(name) := {"kind": "plain", "keep": null, "to": null} if {
	not determination.made
	facts.elements[name].sensitivity != "FT"
}

# METADATA
# scope: document
# title: Free text may name anybody, so that it goes scrubbed, or as no more than that it exists
fits(name, _) if facts.elements[name].sensitivity != "FT"

fits(_, kind) if kind in {"exists", "scrub"}

# METADATA
# title: The provisions relied on
authorities contains id if {
	some id, names in ground.opened_by
	some name in names
	granted[name]
}

# METADATA
# title: Why an element that was asked does not go
why(name) := {"code": "element-unknown", "citations": []} if {
	not facts.elements[name]
} else := {"code": "element-third-party", "citations": []} if {
	not someone_agreed(name)
} else := {"code": "evidence-out-of-scope", "citations": evidence.provisions} if {
	not name in evidence.covered
} else := {"code": "not-released", "citations": []} if {
	not as_released(name)
} else := {"code": "element-needs-person", "citations": sort(ground.citations)} if {
	name in ground.for_a_person
} else := {"code": "consent-does-not-open-desda", "citations": ["DESDA-32"]} if {
	input.ground == "consent"
	name in facts.governed.desda
} else := missing if {
	missing := lacking(name)
} else := forbidden if {
	forbidden := discloser_authority.prohibition(name)
	forbidden.code != "no-discloser-authority"
} else := {"code": "form-unknown", "citations": []} if {
	ground.open[name]
	not discloser_authority.forbidden[name]
} else := {"code": "no-discloser-authority", "citations": sort(closed_by(name) | ground.closed(name))}

# METADATA
# title: What forbids the element
closed_by(name) := {id |
	some id in discloser_authority.prohibition(name).citations
}

# METADATA
# scope: document
# title: The element is about nobody else, or the record shows the agreement that the catalogue demands, or a court orders it
someone_agreed(name) if {
	facts.elements[name].sensitivity != "TP"
	not record_attributes.unmet(name)
}

someone_agreed(_) if ground.compelled

# METADATA
# title: The first condition that a provision within reach misses
lacking(name) := sort([reason |
	some id, missing in ground.lacking
	name in ground.reached[id]
	some reason in missing
])[0]
