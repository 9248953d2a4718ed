# METADATA
# title: Agreement in force
# description: |
#   An agreement counts from its effective date until the day before its expiry, unless suspended or terminated, and
#   only between its parties. Days are those of the zone its term states, periods half-open. In force is not a ground:
#   it permits nothing.
# schemas:
#   - input: schema.input
package sharing.agreement_in_force

# METADATA
# title: In force on the date of the request
in_force if {
	input.agreement.term.effective <= input.agreement_date
	input.agreement_date < input.agreement.term.expiry
	not suspended
	not terminated
}

# METADATA
# title: Suspended on that date
suspended if {
	some period in input.agreement.term.suspensions
	period.from <= input.agreement_date
	not ended(period)
}

# METADATA
# title: A suspension is over
ended(period) if {
	period.until != null
	period.until <= input.agreement_date
}

# METADATA
# title: Terminated on or before that date
terminated if {
	input.agreement.term.termination != null
	input.agreement.term.termination <= input.agreement_date
}

# METADATA
# title: Requester, recipient and custodian are all parties
all_parties if {
	input.requester in input.agreement.parties
	input.recipient in input.agreement.parties
	input.custodian in input.agreement.parties
}

# METADATA
# scope: document
# title: Why the agreement does not count
reasons contains {"code": "no-agreement", "citations": []} if not is_object(input.agreement)

reasons contains {"code": "agreement-terminated", "citations": [input.agreement.id]} if terminated

reasons contains {"code": "agreement-suspended", "citations": [input.agreement.id]} if suspended

reasons contains {"code": "agreement-expired", "citations": [input.agreement.id]} if {
	input.agreement.term.expiry <= input.agreement_date
}

reasons contains {"code": "agreement-not-in-force", "citations": [input.agreement.id]} if {
	not in_force
	not terminated
	not suspended
	not input.agreement.term.expiry <= input.agreement_date
}

reasons contains reason if some reason in strangers

# METADATA
# title: A unit that the request names is no party to its agreement
strangers contains {"code": "not-a-party", "citations": [input.agreement.id]} if not all_parties
