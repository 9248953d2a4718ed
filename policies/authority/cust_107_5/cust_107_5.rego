# METADATA
# title: CUST-107-5
# description: "To specified persons, each solely for its law; to a court of record, or to a peace officer, by a person"
# custom:
#   provision: CUST-107-5
# schemas:
#   - input: schema.input
package sharing.authority.cust_107_5

import data.sharing.determination
import data.sharing.evidence
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
	code != "issuer-without-jurisdiction"
}

missing contains {"code": "issuer-without-jurisdiction", "citations": ["CUST-107-5"]} if {
	input.ground == "court-order"
	not court_of_record
}

missing contains {"code": code, "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	some code in form.investigative_request
}

missing contains {"code": "not-a-peace-officer", "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	not prosecutes_or_enforces
}

missing contains {"code": "offence-not-indictable", "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	not evidence.states("indictable-offence")
}

missing contains {"code": "reasonable-grounds-missing", "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	not evidence.states("reasonable-grounds")
}

missing contains {"code": "proceeding-not-identified", "citations": ["CUST-107-5"]} if {
	input.ground == "investigative-request"
	not evidence.states("investigation")
}

# METADATA
# scope: document
# title: A court of record in Canada (m), or one abroad for criminal proceedings alone (n)
court_of_record if input.evidence.issuer in {"federal-court", "provincial-court", "superior-court"}

court_of_record if {
	input.evidence.issuer == "foreign-court"
	evidence.states("criminal-proceedings")
}

# METADATA
# scope: document
# title: A peace officer in Canada, or an attorney general (a)
prosecutes_or_enforces if form.enforces_in_canada

prosecutes_or_enforces if {
	facts.recipient.organization in data.register.authorities["CUST-107-5"].parameters.organizations
}

# METADATA
# scope: document
# title: The element is about what the paragraph of the pair is about, where it says so
relates(pair, _) if not pair.about

relates(pair, name) if facts.elements[name].category == pair.about

# METADATA
# scope: document
# title: Customs elements for a listed pair of institution and law, or that a named person released
permits contains name if {
	input.ground == "agreement"
	some pair in data.register.authorities["CUST-107-5"].parameters.prescribed_pairs
	pair.organization == facts.recipient.organization
	pair.law == facts.purpose.law
	some name in facts.governed.customs
	relates(pair, name)
}

permits contains name if {
	some name in reaches
	count(missing) == 0
	determination.releases("CUST-107-5", name)
}
