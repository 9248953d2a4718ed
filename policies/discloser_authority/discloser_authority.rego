# METADATA
# title: Discloser authority
# description: |
#   Every regime that governs an element must be opened by a provision of that regime, cited by the clause, in force on
#   the date, whose own rule permits the element. A prohibition that holds overrides whatever permits.
# schemas:
#   - input: schema.input
package sharing.discloser_authority

import data.sharing.facts

# METADATA
# title: A provision is in force on the date of the request
effective(authority) if {
	begun(authority)
	not ended(authority)
}

# METADATA
# title: A provision has begun
begun(authority) if authority.effective.from == null

begun(authority) if authority.effective.from <= input.date

# METADATA
# title: A provision has ended
ended(authority) if {
	authority.effective.until != null
	authority.effective.until <= input.date
}

# METADATA
# title: Provisions the clause cites that permit the element under the regime
opening(clause, regime, name) := {id |
	some id in clause.discloser.authorities
	authority := data.register.authorities[id]
	regime in authority.regimes
	effective(authority)
	name in data.sharing.authority[authority.rule].permits
}

# METADATA
# title: Every regime that governs the element is opened
open(clause, name) if {
	regimes := data.register.regimes[facts.elements[name].regime].requires
	count(regimes) > 0
	every regime in regimes {
		count(opening(clause, regime, name)) > 0
	}
}

# METADATA
# title: The provisions that open the element, over all regimes
cited(clause, name) := {id |
	some regime in data.register.regimes[facts.elements[name].regime].requires
	some id in opening(clause, regime, name)
}

# METADATA
# title: Prohibitions that hold, by element
forbidden[name] contains id if {
	some id in data.register.prohibitions
	authority := data.register.authorities[id]
	effective(authority)
	some name in data.sharing.authority[authority.rule].forbids
}
