# METADATA
# title: Ground
# description: |
#   On which ground a request is made, and what the provisions of that ground could open. An agreement is decided clause
#   by clause. On any other ground the evidence comes first; then each element needs, for every regime that governs it,
#   a provision of the ground in force whose conditions are met. What only a named person may decide is referred.
# schemas:
#   - input: schema.input
package sharing.ground

import data.sharing.authority.gw_reprisal
import data.sharing.authority.irpa_149
import data.sharing.authority.irpr_209_95_209_996
import data.sharing.authority.mf_14
import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form
import data.sharing.in_force

# METADATA
# title: Decided clause by clause
by_agreement if input.ground == "agreement"

# METADATA
# title: What the request as a whole lacks; the evidence comes before anything of the record
reasons := form_reasons if {
	count(form_reasons) > 0
} else := evidence.missing | lacking_reasons

# METADATA
# scope: document
# title: Why the request cannot be made on the ground
form_reasons contains {"code": "ground-not-supported", "citations": []} if {
	not by_agreement
	not data.register.grounds[input.ground]
}

form_reasons contains {"code": "record-type-not-held", "citations": []} if not facts.record_type

form_reasons contains {"code": "purpose-unknown", "citations": []} if not facts.purpose

form_reasons contains {"code": "list-not-granted", "citations": []} if {
	input.cardinality != "single"
	not input.ground in evidence.about_many
}

# METADATA
# title: What the provisions miss, where evidence came and nothing could be opened
lacking_reasons contains reason if {
	evidence.given
	count(weighable) == 0
	some missing in lacking
	some reason in missing
}

# METADATA
# title: What each provision of the ground in force could open
reached[id] := names if {
	some id in data.register.grounds[input.ground]
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
	names := data.sharing.authority[authority.rule].reaches
	count(names) > 0
}

# METADATA
# title: What each of them misses
lacking[id] := missing if {
	some id, _ in reached
	missing := data.sharing.authority[data.register.authorities[id].rule].missing
	count(missing) > 0
}

# METADATA
# title: Elements within reach of a provision whose conditions are met, by regime
within_reach[regime] contains name if {
	some id, names in reached
	not lacking[id]
	some name in names
	some regime in data.register.authorities[id].regimes
}

# METADATA
# scope: document
# title: Elements that the evidence covers and that are about nobody else, or that an order of a court is about
candidates contains name if {
	some name in evidence.covered
	facts.elements[name].sensitivity != "TP"
}

candidates contains name if {
	compelled
	some name in evidence.covered
}

# METADATA
# scope: document
# title: A court decides about whom it orders, and nothing is withheld from the Privacy Commissioner (Privacy Act 34(2))
compelled if input.ground == "court-order"

compelled if {
	input.ground == "oversight"
	form.recipient_in("PA-34-2")
}

# METADATA
# title: Elements that the law lets someone open, and that no other prohibition keeps back
weighable contains name if {
	some name in candidates
	not barred[name]
	every regime in facts.requires(name) {
		name in within_reach[regime]
	}
}

# METADATA
# scope: document
# title: Elements that nobody may open on the ground
barred[name] if some name in irpa_149.forbids

barred[name] if some name in gw_reprisal.forbids

barred[name] if some name in irpr_209_95_209_996.forbids

barred[name] if some name in mf_14.forbids

# METADATA
# title: What each provision of the ground in force opens
opened_by[id] := names if {
	some id in data.register.grounds[input.ground]
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
	names := data.sharing.authority[authority.rule].permits
}

# METADATA
# title: Elements that the provisions open, by regime
opened[regime] contains name if {
	some id, names in opened_by
	some name in names
	some regime in data.register.authorities[id].regimes
}

# METADATA
# title: Elements whose every governing regime is opened
open[name] if {
	some name, _ in facts.elements
	every regime in facts.requires(name) {
		opened_under(regime, name)
	}
}

# METADATA
# title: The provisions of the ground, of the regimes that stay closed, that do not open an element
closed(name) := {id |
	some regime in facts.requires(name)
	not opened_under(regime, name)
	some id in data.register.grounds[input.ground]
	regime in data.register.authorities[id].regimes
}

# METADATA
# title: A regime opens an element
opened_under(regime, name) if name in opened[regime]

# METADATA
# title: Elements that a named person has to decide on
for_a_person contains name if {
	not determination.made
	some name in weighable
	not open[name]
}

# METADATA
# scope: document
# title: The provisions that a person has to weigh
citations contains id if {
	some id, names in reached
	not lacking[id]
	some name in names
	name in for_a_person
}

citations contains id if {
	some id in data.register.prohibitions
	authority := data.register.authorities[id]
	input.ground in authority.grounds
	in_force.within(authority.effective)
	some name in data.sharing.authority[authority.rule].forbids
	name in for_a_person
}
