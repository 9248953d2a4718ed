# METADATA
# title: Determination
# description: |
#   What a named, delegated person released: under which provisions, which elements, in which form. It opens nothing by
#   itself; a rule opens what was released under its own provision.
# schemas:
#   - input: schema.input
package sharing.determination

# METADATA
# title: A person decided
made if is_object(input.determination)

# METADATA
# title: The person released the element under the provision
releases(id, name) if {
	id in input.determination.authorities
	name in chosen
}

# METADATA
# title: Elements that the person released
chosen contains entry.name if some entry in input.determination.elements

# METADATA
# title: The form in which the person released an element
form(name) := [entry.form | some entry in input.determination.elements; entry.name == name][0]
