# METADATA
# title: Element forms
# description: An element leaves in a form of the closed list, with the parameter that form takes, or not at all.
# schemas:
#   - input: schema.input
package sharing.element_form

# METADATA
# title: Forms that take no parameter
plain_kinds := {"plain", "pseudonym", "exists", "scrub", "count"}

# METADATA
# title: What a value can be generalized to
generalizations := {"year", "month", "age-band", "fsa", "band-100", "band-1000", "band-10000"}

# METADATA
# scope: document
# title: The form as an answer gives it; undefined for any other
of(form) := {"kind": form.kind, "keep": null, "to": null} if {
	form.kind in plain_kinds
	absent(form, "keep")
	absent(form, "to")
}

of(form) := {"kind": "mask", "keep": form.keep, "to": null} if {
	form.kind == "mask"
	form.keep >= 1
	form.keep <= 8
	absent(form, "to")
}

of(form) := {"kind": "generalize", "keep": null, "to": form.to} if {
	form.kind == "generalize"
	form.to in generalizations
	absent(form, "keep")
}

# METADATA
# title: A parameter is not given
absent(form, parameter) if object.get(form, parameter, null) == null
