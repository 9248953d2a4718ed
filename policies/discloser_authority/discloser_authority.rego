# METADATA
# title: Discloser authority
# description: |
#   Every regime that governs an element must be opened by a provision of that regime, cited by the clause, in force on
#   the date, whose own rule permits the element. A prohibition that holds overrides whatever permits.
# schemas:
#   - input: schema.input
package sharing.discloser_authority

import data.sharing.clause_match
import data.sharing.facts

# METADATA
# title: A provision is in force on the date of the request
effective(authority) if {
	begun(authority)
	not ended(authority)
}

# METADATA
# scope: document
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
# title: A provision of the register is in force on the date of the request
in_force(id) if effective(data.register.authorities[id])

# METADATA
# title: What each cited provision in force permits
permitted_by[id] := data.sharing.authority[authority.rule].permits if {
	some clause in clause_match.matched
	some id in clause.discloser.authorities
	authority := data.register.authorities[id]
	effective(authority)
}

# METADATA
# title: What the provisions a clause cites permit, by clause and regime
opened[clause.id][regime] contains name if {
	some clause in clause_match.matched
	some id in clause.discloser.authorities
	some name in permitted_by[id]
	some regime in data.register.authorities[id].regimes
}

# METADATA
# title: Elements whose every governing regime a clause opens, by clause
open[clause.id] contains name if {
	some clause in clause_match.matched
	some name, element in facts.elements
	regimes := data.register.regimes[element.regime].requires
	count(regimes) > 0
	every regime in regimes {
		name in opened[clause.id][regime]
	}
}

# METADATA
# title: Prohibitions that hold, by element
forbidden[name] contains id if {
	some id in data.register.prohibitions
	authority := data.register.authorities[id]
	effective(authority)
	some name in data.sharing.authority[authority.rule].forbids
}
