# METADATA
# title: Who asks
# description: |
#   Requester, recipient and custodian are units of the register of parties, and a requester asks for itself or for a
#   unit it acts for. A unit is never mistaken for its department, nor a municipality for the province.
# schemas:
#   - input: schema.input
package sharing.party

import data.sharing.facts

# METADATA
# title: All three units are known
known if {
	facts.requester
	facts.recipient
	facts.custodian
}

# METADATA
# scope: document
# title: The requester asks for itself or for a unit it acts for
acts if input.requester == input.recipient

acts if input.recipient in facts.requester.acts_for

# METADATA
# scope: document
# title: Why the parties are refused
reasons contains {"code": "party-unknown", "citations": []} if not known

reasons contains {"code": "requester-does-not-act", "citations": []} if {
	known
	not acts
}
