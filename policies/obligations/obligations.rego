# METADATA
# title: Obligations
# description: |
#   What comes with a permit: what the clause says, what each provision relied on demands, what provisions that oblige
#   demand for an element that goes, and the retention limits.
#   Days count from the disclosure.
# schemas:
#   - input: schema.input
package sharing.obligations

import data.sharing.discloser_authority

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
# title: Retention as obligations
retention(clauses) := {obligation |
	some clause in clauses
	some obligation in [
		{
			"code": "retain-at-least",
			"on": input.recipient,
			"due_days": clause.retention.min_days,
			"citations": data.register.obligations["retain-at-least"].citations,
		},
		{
			"code": "dispose",
			"on": input.recipient,
			"due_days": clause.retention.max_days,
			"citations": data.register.obligations.dispose.citations,
		},
	]
}

# METADATA
# title: All obligations of a permit, in order
for(clauses, authorities) := [obligation |
	duties := {of_code(code) | some code in codes(clauses, authorities)} | retention(clauses)
	some code in sort({duty.code | some duty in duties})
	some obligation in duties
	obligation.code == code
]

# METADATA
# title: Provisions in force that oblige, with the elements that bring their duty
brought[id] := names if {
	some id in data.register.duties
	authority := data.register.authorities[id]
	discloser_authority.effective(authority)
	names := data.sharing.authority[authority.rule].obliges
}
