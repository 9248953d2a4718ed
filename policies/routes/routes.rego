# METADATA
# title: Routes
# description: |
#   A body without an agreement is told which lawful routes exist. That follows from who asks and which law governs the
#   record type, never from whether a record exists.
# schemas:
#   - input: schema.input
package sharing.routes

import data.sharing.authority.desda_35
import data.sharing.authority.pa_sched_ii
import data.sharing.facts
import data.sharing.form
import data.sharing.in_force

# METADATA
# title: The regimes the record type is under
regimes := data.register.regimes[facts.record_type.regime].requires

# METADATA
# scope: document
# title: Routes open to a unit without an agreement, on conditions to agree or on another ground
reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-35"]} if {
	"desda" in regimes
	not facts.service_delivery
	some pair in desda_35.pairs
	pair.organization == facts.recipient.organization
}

reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-36"]} if {
	"desda" in regimes
	not facts.service_delivery
	facts.recipient.kind in {"province", "foreign-state", "international-organization"}
}

reasons contains {"code": "route-agreed-conditions", "citations": ["DESDA-36.2"]} if {
	"desda" in regimes
	not facts.service_delivery
	facts.recipient.kind in {"municipal", "other", "social-services-board", "first-nation-government"}
}

reasons contains {"code": code, "citations": provisions} if {
	some code, by_regime in by_ground
	provisions := by_regime[facts.record_type.regime]
	every id in provisions {
		in_force.holds(id)
	}
	open_to(code)
}

# METADATA
# title: What was asked is on the public list, so that anybody may have it of a final determination
published contains {"code": "route-published", "citations": ["IRPR-209.997"]} if {
	in_force.holds("IRPR-209.997")
	some name, element in facts.elements
	element.published
}

# METADATA
# title: Grounds that need no agreement, with the provisions by the regime of the record type
by_ground := {
	"route-consent": {
		"customs": ["CUST-107-9"],
		"fippa": ["FIPPA-42-1-b"],
		"mfippa": ["MF-32-b"],
		"privacy-act": ["PA-8-1-consent"],
	},
	"route-court-order": {
		"customs": ["CUST-107-10", "CUST-107-5"],
		"desda": ["DESDA-40", "DESDA-40-exception"],
		"fippa": ["FIPPA-42-1-e"],
		"mfippa": ["MF-32-e"],
		"privacy-act": ["PA-8-2-c"],
	},
	"route-emergency": {
		"customs": ["CUST-107-3-4"],
		"desda": ["DESDA-37"],
		"fippa": ["FIPPA-42-1-h"],
		"mfippa": ["MF-32-h"],
		"privacy-act": ["PA-8-2-m"],
	},
	"route-investigative-request": {
		"customs": ["CUST-107-5"],
		"fippa": ["FIPPA-42-1-f-g"],
		"mfippa": ["MF-32-f-g"],
		"privacy-act": ["PA-8-2-e", "PA-SCHED-II"],
	},
	"route-public-interest": {
		"customs": ["CUST-107-6-9"],
		"desda": ["DESDA-37"],
		"privacy-act": ["PA-8-2-m"],
	},
}

# METADATA
# scope: document
# title: The route is open to this unit, for this record type
open_to(code) if code in {"route-court-order", "route-emergency", "route-public-interest"}

open_to("route-consent") if facts.record_type.personal

open_to("route-investigative-request") if {
	facts.record_type.regime == "privacy-act"
	pa_sched_ii.listed
}

open_to("route-investigative-request") if {
	facts.record_type.regime != "privacy-act"
	form.enforces
}
