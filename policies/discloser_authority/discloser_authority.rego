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
import data.sharing.in_force

# METADATA
# title: What each cited provision in force permits
permitted_by[id] := data.sharing.authority[authority.rule].permits if {
	some clause in clause_match.matched
	some id in clause.discloser.authorities
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
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
	some name, _ in facts.elements
	every regime in facts.requires(name) {
		name in opened[clause.id][regime]
	}
}

# METADATA
# title: What a clause cites for its discloser that does not let an element go
lacking(clause_id, name) := {id |
	some id in clause_match.matched[clause_id].discloser.authorities
	not lets_go(id, name)
}

# METADATA
# title: A cited provision, in force, permits an element
lets_go(id, name) if name in permitted_by[id]

# METADATA
# title: Prohibitions that hold, by element
forbidden[name] contains id if {
	some id in data.register.prohibitions
	authority := data.register.authorities[id]
	in_force.within(authority.effective)
	some name in data.sharing.authority[authority.rule].forbids
}

# METADATA
# title: The first prohibition that holds for an element, in the register's order of evaluation, as a reason
prohibition(name) := {"code": data.register.authorities[id].reason, "citations": [id]} if {
	id := [prohibited | some prohibited in data.register.prohibitions; prohibited in forbidden[name]][0]
}
