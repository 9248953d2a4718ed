# METADATA
# title: Obligations
# description: |
#   What comes with a permit: what the clause says, what each provision relied on demands, what provisions that oblige
#   demand for an element that goes, what the ground demands, and the retention limits. Some come with a refusal too.
#   Days count from the disclosure.
# schemas:
#   - input: schema.input
package sharing.obligations

import data.sharing.facts
import data.sharing.in_force
import data.sharing.minimum_retention
import data.sharing.recipient_authority

# METADATA
# title: The unit an obligation binds
bound := {"discloser": input.custodian, "recipient": input.recipient}

# METADATA
# title: An obligation of the register
of_code(code) := {
	"code": code,
	"on": bound[entry.on],
	"due_days": entry.due_days,
	"citations": sort(entry.citations),
} if {
	entry := data.register.obligations[code]
}

# METADATA
# title: Every code that the clauses and provisions name exists in the register
complete(clauses, authorities) if {
	every code in codes(clauses, authorities) {
		data.register.obligations[code]
	}
}

# METADATA
# title: The codes that the clauses and provisions name
codes(clauses, authorities) := {code | some clause in clauses; some code in clause.obligations} | {code |
	some id in authorities
	some code in data.register.authorities[id].obligations
}

# METADATA
# title: Retention as obligations; whoever has the record itself keeps and disposes of it under its own schedule
retention(clauses) := kept(clauses, "retain-at-least", "min_days") | disposed_of if {
	disposed_of := {duty |
		not facts.one_institution
		some duty in kept(clauses, "dispose", "max_days")
	}
}

# METADATA
# title: A limit of retention of clauses, as an obligation of the recipient
kept(clauses, code, limit) := {obligation |
	some clause in clauses
	obligation := {
		"code": code,
		"on": input.recipient,
		"due_days": clause.retention[limit],
		"citations": data.register.obligations[code].citations,
	}
}

# METADATA
# title: All obligations of a permit, in order
for(clauses, authorities) := in_order({of_code(code) | some code in codes(clauses, authorities)} | retention(clauses))

# METADATA
# title: The codes that come with a permit on another ground than an agreement, and those the provisions name
codes_on_ground(authorities) := codes([], authorities) | {code |
	some code, entry in data.register.obligations
	input.ground in entry.grounds
}

# METADATA
# title: How long a recipient that collects keeps what it received
kept_by_recipient contains obligation if {
	not input.ground in recipient_authority.collects_nothing
	some regime in recipient_authority.collection_regimes
	id := data.register.regimes[regime].kept_under
	in_force.holds(id)
	binds(id)
	obligation := {
		"code": "retain-at-least",
		"on": input.recipient,
		"due_days": minimum_retention.of(id),
		"citations": [id],
	}
}

# METADATA
# scope: document
# title: The minimum holds for the use that is made; one of the federal kind only where it is an administrative use
binds(id) if not data.register.authorities[id].parameters.administrative_only

binds(_) if facts.purpose.administrative

# METADATA
# title: All obligations of a permit on another ground, in order
on_ground(authorities) := in_order({of_code(code) | some code in codes_on_ground(authorities)} | kept_by_recipient)

# METADATA
# title: What a request brings even when it is refused or referred
of_request := in_order({of_code(code) |
	some id, names in brought
	input.ground in data.register.authorities[id].grounds
	count(names) > 0
	some code in data.register.authorities[id].obligations
})

# METADATA
# title: Obligations in order
in_order(duties) := [obligation |
	some code in sort({duty.code | some duty in duties})
	some obligation in duties
	obligation.code == code
]

# METADATA
# title: Provisions in force that oblige, with the elements that bring their duty
brought[id] := names if {
	some id in data.register.duties
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
	names := data.sharing.authority[authority.rule].obliges
}
