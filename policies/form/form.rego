# METADATA
# title: Form
# description: |
#   What the form of a ground has to state in writing, as codes of what it lacks. A rule on a provision takes the form
#   of its ground and adds what only that provision demands.
# schemas:
#   - input: schema.input
package sharing.form

import data.sharing.evidence
import data.sharing.facts
import data.sharing.in_force

# METADATA
# scope: document
# title: A person's request for their own information
own_information contains "not-in-writing" if not evidence.states("request-in-writing")

own_information contains "identity-not-verified" if not evidence.states("identity-verified")

own_information contains "representative-not-authorised" if not asks_rightly

own_information contains "representation-not-stated" if {
	some kind in {"representative-attorney", "representative-parent-or-guardian"}
	evidence.states(kind)
	not acts_for_somebody
}

own_information contains "estate-matter-missing" if {
	evidence.states("representative-estate")
	not evidence.states("estate-administration")
}

# METADATA
# scope: document
# title: It is said why the person does not act themselves; an attorney and a guardian of an adult act for one who cannot
acts_for_somebody if evidence.states("acts-for-incapable-adult")

acts_for_somebody if {
	evidence.states("representative-parent-or-guardian")
	some code in {"acts-for-child-under-16", "acts-for-minor"}
	evidence.states(code)
}

# METADATA
# title: A person of 16 or more asks themselves under the Acts of Ontario (MFIPPA 54(c), FIPPA 66(c))
of_an_age_to_ask contains "child-not-under-16" if evidence.states("acts-for-minor")

# METADATA
# scope: document
# title: The person asks at the unit that holds the record, or somebody whom they authorised
asks_rightly if evidence.states("representative-authorised")

asks_rightly if {
	input.recipient == input.custodian
	not evidence.states("representative")
}

# METADATA
# scope: document
# title: An instrument of a court
court_order contains "document-missing" if not input.evidence.document

court_order contains "instrument-not-stated" if not evidence.aim_stated

court_order contains "issuer-without-jurisdiction" if not can_compel

# METADATA
# title: The issuer can compel production in Canada
can_compel if input.evidence.issuer in {"federal-court", "provincial-court", "superior-court", "tribunal"}

# METADATA
# scope: document
# title: A written request of an investigative body
investigative_request contains "not-in-writing" if not evidence.states("request-in-writing")

investigative_request contains "purpose-not-stated" if not evidence.states("purpose")

investigative_request contains "information-not-described" if not evidence.states("information-description")

investigative_request contains "aim-not-stated" if not evidence.aim_stated

# METADATA
# scope: document
# title: A release in the public interest, or in an emergency
compelling contains "justification-missing" if {
	input.ground == "public-interest"
	not evidence.states("justification")
}

compelling contains "danger-not-stated" if {
	input.ground == "emergency"
	not evidence.aim_stated
}

# METADATA
# scope: document
# title: Research
research contains "aim-not-stated" if not evidence.aim_stated

research contains "undertaking-missing" if not evidence.states("undertaking")

research contains "non-identifiable-not-rejected" if not evidence.states("non-identifiable-rejected")

# METADATA
# scope: document
# title: A request of a Member of Parliament
member_of_parliament contains "constituent-request-missing" if not evidence.states("constituent-request")

member_of_parliament contains "not-a-member-of-parliament" if not recipient_in("PA-8-2-g")

# METADATA
# title: The recipient is of an organization that the provision names
recipient_in(id) if facts.recipient.organization in data.register.authorities[id].parameters.organizations

# METADATA
# title: The recipient enforces the law
enforces if "law-enforcement" in facts.recipient.programs

# METADATA
# title: The recipient enforces the law in Canada
enforces_in_canada if {
	enforces
	not facts.recipient.kind in {"foreign-state", "international-organization"}
}

# METADATA
# scope: document
# title: The recipient enforces the law in Canada, investigates, or is an institution under the Act itself
aids_an_investigation(_) if enforces_in_canada

aids_an_investigation(_) if {
	some role in facts.recipient.roles
	role.role == "investigative-body"
	in_force.within(role)
}

aids_an_investigation(act) if act in facts.recipient.regimes

# METADATA
# scope: document
# title: An investigation is identified, or there is reason to believe that an offence may have been committed
investigates_or_may if evidence.states("investigation")

investigates_or_may if evidence.states("offence-believed")

# METADATA
# title: The recipient is of one of the kinds of organization
of_kind(kinds) if facts.recipient.kind in kinds

# METADATA
# scope: document
# title: Someone else's access request claims that the person consents, or what compels the disclosure
access_exception if evidence.states("person-consents")

access_exception if evidence.states("compelling-circumstances")

access_exception if evidence.states("public-interest")

# METADATA
# scope: document
# title: National security
national_security contains "security-basis-missing" if not evidence.states("security-basis")

national_security contains "accuracy-statement-missing" if not evidence.states("accuracy-statement")
