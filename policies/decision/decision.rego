# METADATA
# title: Decision
# description: |
#   Deny by default, deny overrides. In order: who asks, the ground and its evidence or the agreement, the clause and the
#   case reference, the record, the authorities of both sides, the element and its form. The first of these that refuses
#   gives the reasons. A permit cites its clauses and the authorities of both sides, and carries its obligations; on
#   another ground than an agreement no clause is cited, and what a person has to decide is referred.
# schemas:
#   - input: schema.input
package sharing

import data.sharing.agreement_in_force
import data.sharing.case_reference
import data.sharing.clause_match
import data.sharing.determination
import data.sharing.discloser_authority
import data.sharing.element_form
import data.sharing.facts
import data.sharing.ground
import data.sharing.obligations
import data.sharing.party
import data.sharing.recipient_authority
import data.sharing.record_attributes
import data.sharing.release
import data.sharing.routes

# METADATA
# scope: document
# title: The decision
# entrypoint: true
default decision := {
	"effect": "deny",
	"clauses": [],
	"authorities": {"discloser": [], "recipient": []},
	"elements": {},
	"withheld": [],
	"obligations": [],
	"reasons": [{"code": "policy-not-evaluated", "citations": []}],
}

decision := {
	"effect": "permit",
	"clauses": sort(used_clauses),
	"authorities": {"discloser": sort(discloser_citations), "recipient": sort(recipient_citations)},
	"elements": granted,
	"withheld": withheld,
	"obligations": obligations.for(clauses_relied_on, dutiful),
	"reasons": [{
		"code": "permitted",
		"citations": sort(((clause_citations | discloser_citations) | recipient_citations)),
	}],
} if {
	count(blocking) == 0
	ground.by_agreement
	count(granted) > 0
	obligations.complete(clauses_relied_on, dutiful)
} else := {
	"effect": "permit",
	"clauses": [],
	"authorities": {"discloser": sort(release.authorities), "recipient": sort(recipient_authority.on_ground)},
	"elements": release.granted,
	"withheld": withheld,
	"obligations": obligations.on_ground(dutiful),
	"reasons": [{
		"code": permitted_as,
		"citations": sort(release.authorities | recipient_authority.on_ground),
	}],
} if {
	count(blocking) == 0
	count(release.granted) > 0
	obligations.complete([], dutiful)
} else := {
	"effect": "refer",
	"clauses": [],
	"authorities": {"discloser": [], "recipient": []},
	"elements": {},
	"withheld": [],
	"obligations": obligations.of_request,
	"reasons": [{"code": "needs-human-decision", "citations": sort(ground.citations)}],
} if {
	count(blocking) == 0
	count(ground.for_a_person) > 0
} else := {
	"effect": "deny",
	"clauses": [],
	"authorities": {"discloser": [], "recipient": []},
	"elements": {},
	"withheld": [{"element": name, "reason": reasons[0].code} | some name in sort(requested)],
	"obligations": obligations.of_request,
	"reasons": reasons,
} if {
	reasons := in_order(blocking)
	count(reasons) > 0
} else := {
	"effect": "deny",
	"clauses": [],
	"authorities": {"discloser": [], "recipient": []},
	"elements": {},
	"withheld": withheld,
	"obligations": obligations.of_request,
	"reasons": in_order(element_reasons),
} if {
	count(requested) > 0
}

# METADATA
# title: Whether a rule or a person let it go
permitted_as := "released-by-person" if {
	determination.made
} else := "permitted-on-ground"

# METADATA
# title: What was asked, each once
requested contains name if some name in input.elements

# METADATA
# title: What refuses the request as a whole; the first stage that refuses speaks
blocking := party.reasons | agreement_in_force.strangers if {
	count(party.reasons) > 0
} else := ground_reasons if {
	not ground.by_agreement
} else := (agreement_in_force.reasons | without_agreement) | routes.published if {
	count(agreement_in_force.reasons) > 0
} else := clause_match.reasons | routes.published if {
	count(clause_match.reasons) > 0
} else := case_reference.reasons if {
	count(case_reference.reasons) > 0
} else := record_reasons if {
	count(record_reasons) > 0
} else := recipient_reasons

# METADATA
# title: What refuses a request on another ground than an agreement
ground_reasons := ground.reasons if {
	count(ground.reasons) > 0
} else := record_attributes.on_ground if {
	count(record_attributes.on_ground) > 0
} else := {{"code": "no-recipient-authority", "citations": sort(recipient_authority.not_held)}} if {
	count(recipient_authority.not_held) > 0
} else := set()

# METADATA
# title: Routes open to a unit without an agreement
without_agreement := routes.reasons if {
	not is_object(input.agreement)
} else := set()

# METADATA
# title: The record refuses when it meets no clause
record_reasons := record_attributes.reasons if {
	every clause in clause_match.matched {
		not record_attributes.meets(clause)
	}
} else := set()

# METADATA
# title: Clauses that match, have their case reference and are met by the record
live[id] := clause if {
	some id, clause in clause_match.matched
	case_reference.present(clause)
	record_attributes.meets(clause)
}

# METADATA
# title: Live clauses under which the recipient may collect
collectable[id] := clause if {
	some id, clause in live
	recipient_authority.satisfied(clause)
}

# METADATA
# scope: document
# title: Why the recipient may not collect; where the discloser may not disclose either, both sides are named
recipient_reasons contains {"code": "no-recipient-authority", "citations": sort(citations)} if {
	count(collectable) == 0
	citations := {citation |
		some clause in live
		some citation in ({clause_match.reference(clause)} | recipient_authority.lacking(clause))
	}
}

recipient_reasons contains discloser_lacks(name, live) if {
	count(collectable) == 0
	every id, _ in live {
		count(requested & object.get(discloser_authority.open, id, set())) == 0
	}
	some name in requested
}

# METADATA
# title: What a discloser lacks for an element under clauses; what forbids, the clause, what it cites without effect
discloser_lacks(name, clauses) := {"code": "no-discloser-authority", "citations": sort(closed_by | cited)} if {
	closed_by := {id |
		forbidden := discloser_authority.prohibition(name)
		forbidden.code == "no-discloser-authority"
		some id in forbidden.citations
	}
	cited := {citation |
		some id, clause in clauses
		some citation in ({clause_match.reference(clause)} | discloser_authority.lacking(id, name))
	}
}

# METADATA
# title: What a collectable clause lists, by element and clause
listed[name][id] := entry if {
	some id, clause in collectable
	some entry in clause.elements
	name := entry.name
}

# METADATA
# title: What may go, in which form, under which clause
candidates[name][id] := form if {
	some name, entries in listed
	not discloser_authority.forbidden[name]
	some id, entry in entries
	name in discloser_authority.open[id]
	spoken_for(name, entry)
	form := element_form.of(entry.form)
}

# METADATA
# title: The grant of each element; where two clauses grant it, the first by its id
granted[name] := {"form": forms[id], "clause": id} if {
	some name, forms in candidates
	id := min(object.keys(forms))
}

# METADATA
# scope: document
# title: An element that names a third party goes only where the clause says why
third_party_allowed(name, _) if facts.elements[name].sensitivity != "TP"

third_party_allowed(_, entry) if {
	is_string(entry.third_party)
	entry.third_party != ""
}

# METADATA
# title: Whoever has to agree to the element has agreed
spoken_for(name, entry) if {
	third_party_allowed(name, entry)
	not record_attributes.unmet(name)
}

# METADATA
# title: The clauses relied on
used_clauses contains grant.clause if some grant in granted

# METADATA
# title: Their text
clauses_relied_on := [collectable[id] | some id in used_clauses]

# METADATA
# title: Their citations
clause_citations contains clause_match.reference(clause) if some clause in clauses_relied_on

# METADATA
# title: The discloser's authorities relied on
discloser_citations contains id if {
	some name, grant in granted
	some id in collectable[grant.clause].discloser.authorities
	name in discloser_authority.permitted_by[id]
}

# METADATA
# title: The recipient's authorities relied on
recipient_citations contains id if {
	some clause in used_clauses
	some id in collectable[clause].recipient.authorities
}

# METADATA
# title: Provisions that oblige for an element that goes
obliging contains id if {
	some id, names in obligations.brought
	some name in names
	going[name]
}

# METADATA
# title: Elements that go
going := granted if {
	ground.by_agreement
} else := release.granted

# METADATA
# title: Every provision whose obligations come with the permit
dutiful := (discloser_citations | recipient_citations) | obliging if {
	ground.by_agreement
} else := (release.authorities | recipient_authority.on_ground) | obliging

# METADATA
# title: Why an element that was asked does not go
why(name) := {"code": "element-unknown", "citations": []} if {
	not facts.elements[name]
} else := {"code": "element-third-party", "citations": references(collectable)} if {
	not listed[name]
	facts.elements[name].sensitivity == "TP"
} else := {"code": "element-not-in-clause", "citations": references(collectable)} if {
	not listed[name]
} else := forbidden if {
	forbidden := discloser_authority.prohibition(name)
	forbidden.code != "no-discloser-authority"
} else := discloser_lacks(name, listing(name)) if {
	discloser_authority.prohibition(name)
} else := {"code": "element-third-party", "citations": references(listing(name))} if {
	not some_spoken_for(name)
} else := {"code": "form-unknown", "citations": references(listing(name))} if {
	some id, _ in listed[name]
	name in discloser_authority.open[id]
} else := discloser_lacks(name, listing(name))

# METADATA
# title: Collectable clauses that list an element
listing(name) := {id: clause |
	some id, clause in collectable
	listed[name][id]
}

# METADATA
# title: Clauses as they are cited
references(clauses) := sort({clause_match.reference(clause) | some clause in clauses})

# METADATA
# scope: document
# title: The reason of every element that does not go
reasons_why[name] := why(name) if {
	ground.by_agreement
	some name in requested
	not granted[name]
}

reasons_why[name] := release.why(name) if {
	not ground.by_agreement
	some name in requested
	not release.granted[name]
}

# METADATA
# title: Some clause that lists the element may name it
some_spoken_for(name) if {
	some entry in listed[name]
	spoken_for(name, entry)
}

# METADATA
# title: Everything asked that does not go, with its reason
withheld := sort([{"element": name, "reason": reason.code} | some name, reason in reasons_why])

# METADATA
# title: The reasons of the elements that do not go
element_reasons contains reason if some reason in reasons_why

# METADATA
# title: Reasons by code, each once, with all citations
in_order(reasons) := [{"code": code, "citations": sort(citations)} |
	some code in sort({reason.code | some reason in reasons})
	citations := {citation |
		some reason in reasons
		reason.code == code
		some citation in reason.citations
	}
]
