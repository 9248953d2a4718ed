# METADATA
# title: CUST-107-3-4
# description: "To an official of the agency for a listed Act; in an emergency or for national security, by a person"
# custom:
#   provision: CUST-107-3-4
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_3_4

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Customs elements to protect life, health or safety, or for national security
reaches contains name if {
	input.ground in {"emergency", "national-security"}
	some name in facts.governed.customs
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["CUST-107-3-4"]} if some code in form.compelling

missing contains {"code": code, "citations": ["CUST-107-3-4"]} if {
	input.ground == "national-security"
	some code in form.national_security
}

# METADATA
# scope: document
# title: Customs elements inside the agency for a listed law, or that a named person released
permits contains name if {
	input.ground == "agreement"
	facts.one_institution
	facts.custodian.organization in data.register.authorities["CUST-107-3-4"].parameters.organizations
	facts.purpose.law in data.register.authorities["CUST-107-3-4"].parameters.laws
	some name in facts.governed.customs
}

permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("CUST-107-3-4", name)
}
