# METADATA
# title: Evidence
# description: |
#   Every ground but an agreement rests on evidence: given to this institution, about this person, for this recipient
#   and purpose, a purpose of the ground, valid on the date and not withdrawn, and covering elements that were asked.
#   What lacks is told with the provisions of the ground. What a provision demands beyond that is with its own rule.
# schemas:
#   - input: schema.input
package sharing.evidence

import data.sharing.facts

# METADATA
# title: Evidence came with the request
given if is_object(input.evidence)

# METADATA
# title: The form states this in writing
states(code) if code in input.evidence.stated

# METADATA
# title: The form says what it is for, in a word of the closed list of its ground
aim_stated if input.evidence.aim in aims[input.ground]

# METADATA
# title: What a form can be for, by ground
aims := {
	"court-order": {"subpoena", "warrant", "production-order", "order", "court-rules"},
	"emergency": {"life", "health", "safety"},
	"investigative-request": {"enforce-law-of-canada", "enforce-law-of-province", "lawful-investigation"},
	"research": {"research", "statistics", "claims-research"},
}

# METADATA
# title: What a purpose is for, by ground; an audit says so in its own rules, and a consent names its own purpose
purposes := {
	"access-request": {"access"},
	"court-order": {"legal-proceedings"},
	"emergency": {"protect"},
	"investigative-request": {"enforce-law", "investigate"},
	"member-of-parliament": {"representation"},
	"national-security": {"security"},
	"oversight": {"oversight"},
	"own-information": {"access"},
	"public-interest": {"protect"},
	"research": {"research"},
}

# METADATA
# title: Grounds that are about many people
about_many := {"audit", "oversight", "published", "research"}

# METADATA
# title: Elements that were asked and are covered
covered contains name if {
	some name in input.elements
	name in input.evidence.elements
}

# METADATA
# title: The provisions of the ground that the evidence is for, of the laws that govern the record type
provisions := sort({id |
	some id in data.register.grounds[input.ground]
	some regime in data.register.authorities[id].regimes
	regime in data.register.regimes[facts.record_type.regime].requires
})

# METADATA
# scope: document
# title: What every ground demands of its evidence and this one lacks
missing contains {"code": "evidence-missing", "citations": provisions} if not given

missing contains {"code": "evidence-other-person", "citations": provisions} if {
	given
	not input.ground in about_many
	not input.evidence.subject
}

missing contains {"code": "evidence-other-custodian", "citations": provisions} if {
	given
	not input.evidence.custodian
}

missing contains {"code": "evidence-other-recipient", "citations": provisions} if {
	given
	not input.evidence.recipient == input.recipient
}

missing contains {"code": "evidence-other-purpose", "citations": provisions} if {
	given
	not input.evidence.purpose == input.purpose
}

missing contains {"code": "purpose-not-of-ground", "citations": provisions} if {
	given
	some ground, kinds in purposes
	ground == input.ground
	not facts.purpose.kind in kinds
}

missing contains {"code": "evidence-revoked", "citations": provisions} if input.evidence.revoked

missing contains {"code": "evidence-not-yet-valid", "citations": provisions} if input.date < input.evidence.from

missing contains {"code": "evidence-expired", "citations": provisions} if {
	input.evidence.until != null
	input.evidence.until <= input.date
}

missing contains {"code": "evidence-out-of-scope", "citations": provisions} if {
	given
	count(covered) == 0
}
