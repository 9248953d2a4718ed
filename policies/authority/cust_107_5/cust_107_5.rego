# METADATA
# title: CUST-107-5
# description: "To specified persons, each solely for its law; to a court of record, or to a peace officer, by a person"
# custom:
#   provision: CUST-107-5
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_5

import data.sharing.determination
import data.sharing.facts
import data.sharing.form

# METADATA
# title: Customs elements for a court of record or a peace officer
reaches contains name if {
	input.ground in {"court-order", "investigative-request"}
	some name in facts.governed.customs
}

# METADATA
# scope: document
# title: What the request lacks
missing contains {"code": code, "citations": ["CUST-107-5"]} if {
	input.ground == "court-order"
	some code in form.court_order
}

missing contains {"code": "issuer-without-jurisdiction", "citations": ["CUST-107-5"]} if {
	input.ground == "court-order"
	input.evidence.issuer == "tribunal"
}

missing contains {"code": code, "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	some code in form.investigative_request
}

missing contains {"code": "not-a-peace-officer", "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	not form.enforces
}

# METADATA
# scope: document
# title: Customs elements for a listed pair of institution and law, or that a named person released
permits contains name if {
	input.ground == "agreement"
	some pair in data.register.authorities["CUST-107-5"].parameters.prescribed_pairs
	pair.organization == facts.recipient.organization
	pair.law == facts.purpose.law
	some name in facts.governed.customs
}

permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("CUST-107-5", name)
}
