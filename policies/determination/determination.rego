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
# title: The person released in knowledge of a banner on the record, on a ground on which a person weighs that
# description: |
#   An order of a court is complied with (Privacy Act 8(2)(c), Customs Act 107(5)(m)); where life is in danger, or the
#   public interest outweighs, the one who is protected may be the one in danger (Privacy Act 8(2)(m), DESDA 37, MFIPPA
#   32(h), Customs Act 107(4)(e)).
despite_banner if {
	input.ground in data.register.over_banner
	input.determination.despite_banner == true
}

# METADATA
# title: Whoever gave it in confidence agreed, or made it public, as the person says who released it (Privacy Act 19(2))
source_agreed if input.determination.source_agreed == true

# METADATA
# title: Elements that the person released
chosen contains entry.name if some entry in input.determination.elements

# METADATA
# title: The form in which the person released an element
form(name) := [entry.form | some entry in input.determination.elements; entry.name == name][0]
