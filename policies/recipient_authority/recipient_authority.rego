# METADATA
# title: Recipient authority
# description: |
#   To receive is to collect. Every provision the clause cites for the recipient must hold, and every regime the
#   recipient collects under must be among them.
# schemas:
#   - input: schema.input
package sharing.recipient_authority

import data.sharing.discloser_authority
import data.sharing.facts

# METADATA
# title: A cited provision holds
holds(id) if {
	authority := data.register.authorities[id]
	discloser_authority.effective(authority)
	data.sharing.authority[authority.rule].collects
}

# METADATA
# title: The regimes the recipient collects under
collection_regimes contains regime if {
	some regime in facts.recipient.regimes
	data.register.regimes[regime].collects
}

# METADATA
# title: The recipient may collect under the clause
satisfied(clause) if {
	count(clause.recipient.authorities) > 0
	count(collection_regimes) > 0
	every id in clause.recipient.authorities {
		holds(id)
	}
	every regime in collection_regimes {
		some id in clause.recipient.authorities
		regime in data.register.authorities[id].regimes
	}
}
