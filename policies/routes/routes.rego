# METADATA
# title: Routes
# description: |
#   A body without an agreement is told which lawful routes exist. That follows from who asks and which law governs the
#   record type, never from whether a record exists.
# schemas:
#   - input: schema.input
package sharing.routes

import data.sharing.facts

# METADATA
# title: The regimes the record type is under
regimes := data.register.regimes[facts.record_type.regime].requires

# METADATA
# scope: document
# title: Routes open to a unit without an agreement
reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-35"]} if {
	"desda" in regimes
	some pair in data.register.authorities["DESDA-35"].parameters.prescribed_pairs
	pair.organization == facts.recipient.organization
}

reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-36"]} if {
	"desda" in regimes
	facts.recipient.kind in {"province", "foreign-state"}
}

reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-36.2"]} if {
	"desda" in regimes
	facts.recipient.kind in {"municipal", "other"}
}

reasons contains {"code": "route-court-order", "citations": ["DESDA-40", "PA-8-2-c"]} if "desda" in regimes

reasons contains {"code": "route-public-interest", "citations": ["DESDA-37"]} if "desda" in regimes
