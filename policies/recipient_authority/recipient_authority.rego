# METADATA
# title: Recipient authority
# description: |
#   To receive is to collect. Every provision the clause cites for the recipient must hold, and every regime the
#   recipient collects under must be among them.
# schemas:
#   - input: schema.input
package sharing.recipient_authority

import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: A cited provision holds
holds(id) if {
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
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
	count(collection_regimes) > 0
	every id in clause.recipient.authorities {
		holds(id)
	}
	every regime in collection_regimes {
		cites(clause, regime)
	}
}

# METADATA
# scope: document
# title: What a recipient lacks under a clause; the cited provisions that do not hold, and those of a regime not cited
lacking(clause) := not_holding | not_cited if {
	not_holding := {id |
		some id in clause.recipient.authorities
		not holds(id)
	}
	not_cited := {id |
		some regime in collection_regimes
		not cites(clause, regime)
		some id in data.register.regimes[regime].collected_under
	}
}

# METADATA
# title: A clause cites a provision of a regime for its recipient
cites(clause, regime) if {
	some id in clause.recipient.authorities
	regime in data.register.authorities[id].regimes
}

# METADATA
# title: Grounds on which the recipient collects nothing, or only what is public
collects_nothing := {"access-request", "own-information", "published"}

# METADATA
# title: The provisions under which the recipient collects on another ground than an agreement
on_ground contains id if {
	not input.ground in collects_nothing
	some regime in collection_regimes
	some id in data.register.regimes[regime].collected_under
}

# METADATA
# title: Those that do not hold
not_held contains id if {
	some id in on_ground
	not holds(id)
}
