# METADATA
# title: Ground
# description: |
#   Only an agreement with its authorities is decided by rule. Court orders, written requests of investigative bodies,
#   public interest, emergencies and consent are decided by a named person, one record at a time. Consent does not
#   open information of ESDC programs.
# schemas:
#   - input: schema.input
package sharing.ground

import data.sharing.authority.pa_sched_ii
import data.sharing.facts

# METADATA
# title: Grounds a person decides, with the provisions to weigh
for_a_person := {
	"consent": {"privacy-act": "PA-8-1", "customs": "CUST-107-6-9", "mfippa": "MF-32-b", "fippa": "FIPPA-42"},
	"court-order": {"privacy-act": "PA-8-2-c", "desda": "DESDA-40", "customs": "CUST-107-5", "mfippa": "MF-32-e", "fippa": "FIPPA-42"},
	"investigative-request": {"privacy-act": "PA-8-2-e", "mfippa": "MF-32-f-g", "fippa": "FIPPA-42"},
	"public-interest": {"privacy-act": "PA-8-2-m", "desda": "DESDA-37", "customs": "CUST-107-6-9"},
	"emergency": {"privacy-act": "PA-8-2-m", "desda": "DESDA-37", "customs": "CUST-107-3-4", "mfippa": "MF-32-h", "fippa": "FIPPA-42"},
	"own-information": {"privacy-act": "PA-12", "desda": "DESDA-33", "mfippa": "MF-36", "fippa": "FIPPA-42"},
}

# METADATA
# title: Decided by rule
by_agreement if input.ground == "agreement"

# METADATA
# title: The regimes the record type is under
regimes := data.register.regimes[facts.record_type.regime].requires

# METADATA
# title: The provisions a person has to weigh
citations := [provision |
	some regime in regimes
	provision := for_a_person[input.ground][regime]
]

# METADATA
# title: To be decided by a person
referred if {
	not by_agreement
	count(reasons) == 0
}

# METADATA
# scope: document
# title: Why the ground does not carry
reasons contains {"code": "ground-not-supported", "citations": []} if {
	not by_agreement
	not for_a_person[input.ground]
}

reasons contains {"code": "no-clause", "citations": []} if {
	for_a_person[input.ground]
	not facts.record_type
}

reasons contains {"code": "list-not-granted", "citations": citations} if {
	for_a_person[input.ground]
	input.cardinality != "single"
}

reasons contains {"code": "consent-does-not-open-desda", "citations": ["DESDA-32"]} if {
	input.ground == "consent"
	"desda" in regimes
}

reasons contains {"code": "not-an-investigative-body", "citations": ["PA-8-2-e", "PA-SCHED-II"]} if {
	input.ground == "investigative-request"
	"privacy-act" in regimes
	not pa_sched_ii.listed
}

reasons contains {"code": "no-discloser-authority", "citations": ["DESDA-32", "DESDA-35"]} if {
	input.ground == "investigative-request"
	"desda" in regimes
}

reasons contains {"code": "customs-prohibited", "citations": ["CUST-107-1-2"]} if {
	input.ground == "investigative-request"
	"customs" in regimes
}
