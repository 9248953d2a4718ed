# METADATA
# title: IRPR-13.11
# description: "To Canadian police on a match of fingerprints, to identify a person: a closed list of facts"
# custom:
#   provision: IRPR-13.11
# schemas:
#   - input: schema.input
package sharing.authority.irpr_13_11

import data.sharing.determination
import data.sharing.evidence
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Facts that identify the person, held by the police force of the Regulations
reaches contains name if {
	input.ground == "investigative-request"
	facts.custodian.organization in data.register.authorities["IRPR-13.11"].parameters.organizations
	some name in facts.privacy_act_alone
	name in data.register.authorities["IRPR-13.11"].parameters.elements
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": "fingerprint-match-missing", "citations": ["IRPR-13.11"]} if {
	not evidence.states("fingerprint-match")
}

missing contains {"code": "not-a-law-enforcement-agency", "citations": ["IRPR-13.11"]} if {
	not form.enforces_in_canada
}

missing contains {"code": "identification-not-stated", "citations": ["IRPR-13.11"]} if not identifies

# METADATA
# scope: document
# title: To identify somebody for an offence (1)(a), or who cannot be identified otherwise (1)(b)
identifies if evidence.states("identify-for-offence")

identifies if evidence.states("identify-incapable-or-dead")

# METADATA
# title: Elements that a named person released under it
permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("IRPR-13.11", name)
}
