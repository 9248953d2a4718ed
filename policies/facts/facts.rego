# METADATA
# title: Facts
# description: |
#   What the other rules read of a request: the units, the record type and the purpose it names, and which legal
#   regime governs each requested element. Provenance travels with the element.
# schemas:
#   - input: schema.input
package sharing.facts

import data.sharing.in_force

# METADATA
# title: The unit that sent the request
requester := data.parties[input.requester]

# METADATA
# title: The unit that would receive
recipient := data.parties[input.recipient]

# METADATA
# title: The unit accountable for the record
custodian := data.parties[input.custodian]

# METADATA
# title: The record type, where this custodian holds it
record_type := found if {
	found := data.catalogue[input.record_type]
	found.custodian == input.custodian
}

# METADATA
# title: The purpose of the closed list
purpose := data.register.purposes[input.purpose]

# METADATA
# title: The schedule of the agreement written for the purpose
schedule := input.agreement.schedule

# METADATA
# title: Requested elements that the catalogue knows
elements[name] := element if {
	some name in input.elements
	element := record_type.elements[name]
}

# METADATA
# title: Sensitivity classes that are about a person even in a record about a business
about_a_person := {"ID", "QI", "SP", "FT", "TP"}

# METADATA
# scope: document
# title: Requested elements that are personal information
# description: |
#   Every element of a record about a person is; the list of Privacy Act s.3 is not exhaustive. The name and address of
#   a business are where the record that was read does not show that it is no individual's.
personal contains name if {
	record_type.personal
	some name, _ in elements
}

personal contains name if {
	some name, element in elements
	element.sensitivity in about_a_person
}

personal contains name if {
	is_object(input.record)
	some name, element in elements
	attribute := element.personal_if
	not input.record.attributes[attribute] == false
}

# METADATA
# title: Requested elements that are not personal information
impersonal contains name if {
	some name, _ in elements
	not name in personal
}

# METADATA
# title: Requested elements by the regime that governs them
governed[regime] contains name if {
	some name, element in elements
	some regime in data.register.regimes[element.regime].requires
}

# METADATA
# title: A regime governs an element
governs(regime, name) if name in governed[regime]

# METADATA
# title: Personal elements by the regime that governs them
governed_personal[regime] contains name if {
	some regime, names in governed
	some name in names
	name in personal
}

# METADATA
# title: The regimes that have to open an element; one at least, or nothing could hold it back
requires(name) := regimes if {
	regimes := data.register.regimes[elements[name].regime].requires
	count(regimes) > 0
}

# METADATA
# title: Elements under the Privacy Act that no other Act of Parliament governs
privacy_act_alone contains name if {
	some name in governed["privacy-act"]
	not governs("desda", name)
	not governs("customs", name)
}

# METADATA
# title: The record was obtained under a service delivery program of the Department (Act s.30, 5.1(1)(a)(i))
service_delivery if record_type.program in data.register.authorities["DESDA-34.1"].parameters.programs

# METADATA
# title: ESDC elements to which all of Part 4 applies; sections 33, 34, 35 to 36.2 and 40 leave a service delivery program alone
under_all_of_part_4 contains name if {
	not service_delivery
	some name in governed.desda
}

# METADATA
# title: Whatever was asked is under one of Ontario's Acts, so that its custodian discloses under it
under_ontario_law if {
	every _, element in elements {
		element.regime in {"fippa", "mfippa"}
	}
}

# METADATA
# title: The purpose is a use that the information bank's statement names
consistent_use if record_type.information_bank in purpose.consistent_uses

# METADATA
# scope: document
# title: The index of the bank does not list the recipient, or describe the use inside the institution
beyond_the_index if {
	not one_institution
	not listed_recipient
}

beyond_the_index if {
	one_institution
	not consistent_use
}

# METADATA
# scope: document
# title: The index of the bank names the recipient's institution, or the very unit
listed_recipient if recipient.organization in record_type.recipients

listed_recipient if input.recipient in record_type.recipients

# METADATA
# title: Custodian and recipient are units of one institution
one_institution if custodian.organization == recipient.organization

# METADATA
# title: Organizations for which the recipient works under a contract in force
engaging contains contract.organization if {
	some contract in recipient.engaged_by
	in_force.within(contract)
}

# METADATA
# title: The purpose administers or enforces a law
administers_or_enforces if purpose.kind in {"administer-law", "enforce-law"}

# METADATA
# title: The discloser's minister found the disclosure advisable, on or before the date of the request
advisable if {
	is_string(schedule.advisability.decision)
	schedule.advisability.decision != ""
	schedule.advisability.date <= input.date
}
