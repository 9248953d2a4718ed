# What the tests beside the rules add to the small world: parties, records, purposes and provisions of the grounds other
# than an agreement, and for each ground a request that lacks nothing.
package sharing.testing

# METADATA
# title: The register of the small world
register := object.union(agreements_register, {
	"authorities": ground_authorities,
	"purposes": ground_purposes,
	"obligations": ground_obligations,
	"grounds": grounds,
	"lifting": lifting,
	"regimes": ground_regimes,
	"prohibitions": sort(array.concat(agreements_register.prohibitions, ["CUST-107-10", "DESDA-40", "MF-14", "MF-8-13-52", "PA-19-22-25-26"])),
	"duties": array.concat(agreements_register.duties, ["PA-8-4"]),
})

# METADATA
# title: The parties of the small world
parties := object.union(agreements_parties, ground_parties)

# METADATA
# title: The record types of the small world
catalogue := object.union(agreements_catalogue, ground_catalogue)

# METADATA
# title: A request on a ground, sent by and for a unit, with evidence that covers it
on(ground, unit, purpose, request) := object.union(request, {
	"ground": ground,
	"agreement": null,
	"requester": unit,
	"recipient": unit,
	"purpose": purpose,
	"evidence": {
		"subject": true,
		"custodian": true,
		"recipient": unit,
		"purpose": purpose,
		"elements": request.elements,
		"from": null,
		"until": null,
		"revoked": false,
		"document": true,
		"stated": stated[ground],
		"aim": aims[ground],
		"issuer": issuers[ground],
	},
})

# METADATA
# title: What the form of a ground states
stated := {
	"access-request": ["request-in-writing"],
	"audit": [],
	"published": [],
	"consent": [],
	"court-order": [],
	"emergency": ["compelling-circumstances"],
	"investigative-request": ["fingerprint-match", "identify-for-offence", "indictable-offence", "information-description", "investigation", "purpose", "reasonable-grounds", "request-in-writing"],
	"member-of-parliament": ["constituent-request", "matter-under-program"],
	"national-security": ["accuracy-statement", "security-basis"],
	"oversight": ["purpose", "request-in-writing"],
	"own-information": ["identity-verified", "request-in-writing"],
	"public-interest": ["justification", "no-other-way"],
	"research": ["non-identifiable-rejected", "public-interest", "results", "undertaking"],
}

# METADATA
# title: What the form of a ground is for
aims := object.union(object.union_n([{ground: null} | some ground, _ in stated]), {
	"court-order": "warrant",
	"emergency": "life",
	"investigative-request": "lawful-investigation",
	"research": "research",
})

# METADATA
# title: Who issued what the form of a ground rests on
issuers := object.union(object.union_n([{ground: null} | some ground, _ in stated]), {"court-order": "superior-court"})

# METADATA
# title: A request whose form does not state something
silent(request, code) := changed(request, "/evidence/stated", [other | some other in request.evidence.stated; other != code])

# METADATA
# title: A request whose form states something more
stating(request, code) := changed(request, "/evidence/stated/-", code)

# METADATA
# title: A request after a named person released elements of it
released(request, authorities, names) := changed(request, "/determination", {
	"authorities": authorities,
	"elements": [{"name": name, "form": {"kind": "plain", "keep": null, "to": null}} | some name in names],
	"despite_banner": false,
	"source_agreed": false,
})

# METADATA
# title: The same, by a person who says that whoever gave it in confidence agrees
released_as_agreed(request, authorities, names) := changed(released(request, authorities, names), "/determination/source_agreed", true)

# METADATA
# title: The same, by a person who knew of the banner on the record
released_despite_banner(request, authorities, names) := changed(released(request, authorities, names), "/determination/despite_banner", true)

# METADATA
# title: Requests for one record, before a ground is chosen
about(custodian, record_type, elements) := object.union(case, {
	"custodian": custodian,
	"record_type": record_type,
	"elements": elements,
})

# METADATA
# title: Parties that other grounds name
ground_parties := {
	"member-a": {"organization": "house-of-commons", "kind": "other", "regimes": ["none"], "programs": [], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"auditor-a": {"organization": "auditor-general", "kind": "federal", "regimes": ["privacy-act"], "programs": ["audit"], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"nation-a": {"organization": "nation", "kind": "other", "regimes": ["none"], "programs": [], "roles": [{"role": "indigenous-body", "from": "2020-01-01", "until": "2026-06-02"}], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"university-a": {"organization": "university", "kind": "other", "regimes": ["none"], "programs": [], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"commissioner-a": {"organization": "commissioner", "kind": "federal", "regimes": ["privacy-act"], "programs": ["oversight"], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"controller-a": {"organization": "comptroller-general", "kind": "federal", "regimes": ["privacy-act"], "programs": ["audit"], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"ipc-a": {"organization": "ipc", "kind": "other", "regimes": ["none"], "programs": ["oversight"], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"legislature-a": {"organization": "legislature", "kind": "other", "regimes": ["none"], "programs": [], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
	"police-a": {"organization": "police", "kind": "municipal", "regimes": ["mfippa"], "programs": ["law-enforcement"], "roles": [], "acts_for": [], "engaged_by": [], "accredited": {"category": "protected-b", "from": "2020-01-01", "until": null}},
}

# METADATA
# title: Records under several laws at once
ground_catalogue := {
	"prints": {"custodian": "rcmp-a", "program": "policing", "regime": "privacy-act", "information_bank": "BANK-8", "personal": true, "attributes": [], "elements": {"alias": {"sensitivity": "ID", "regime": "privacy-act", "category": "identity"}, "lead": {"sensitivity": "OP", "regime": "privacy-act"}}},
	"file": {"custodian": "cbsa-a", "program": "irpa-enforcement", "regime": "privacy-act", "information_bank": "BANK-9", "personal": true, "attributes": ["case_open", "do_not_disclose"], "elements": {"stage": {"sensitivity": "OP", "regime": "privacy-act"}, "seal": {"sensitivity": "OP", "regime": "customs"}}},
	"report": {"custodian": "cbsa-a", "program": "border", "regime": "privacy-act", "information_bank": "BANK-10", "personal": true, "attributes": ["do_not_disclose", "in_confidence"], "elements": {"summary": {"sensitivity": "FT", "regime": "privacy-act"}, "entry": {"sensitivity": "OP", "regime": "customs"}, "benefit": {"sensitivity": "OP", "regime": "desda"}, "witness": {"sensitivity": "TP", "regime": "privacy-act"}, "carrier": {"sensitivity": "OP", "regime": "privacy-act", "category": "carrier"}, "age": {"sensitivity": "QI", "regime": "privacy-act"}, "threat": {"sensitivity": "SP", "regime": "privacy-act", "reprisal_sensitive": true}, "name": {"sensitivity": "ID", "regime": "privacy-act", "category": "identity"}}},
}

# METADATA
# title: Purposes of other grounds
ground_purposes := {
	"shelter": {"programs": [], "law": "shelter", "kind": "service", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"answer": {"programs": [], "law": "access", "kind": "access", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"access": {"programs": [], "law": "access", "kind": "access", "consistent_uses": [], "notice": "N-1", "administrative": false},
	"investigate": {"programs": ["law-enforcement"], "law": "crime", "kind": "investigate", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"comply": {"programs": ["law-enforcement"], "law": "court", "kind": "legal-proceedings", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"protect": {"programs": ["law-enforcement", "work-permits"], "law": "safety", "kind": "protect", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"benefit": {"programs": ["law-enforcement", "work-permits"], "law": "interest", "kind": "protect", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"study": {"programs": [], "law": "research", "kind": "research", "consistent_uses": [], "notice": "N-1", "administrative": false},
	"assist": {"programs": [], "law": "parliament", "kind": "representation", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"audit": {"programs": ["audit", "ontario-works", "work-permits"], "law": "audit", "kind": "audit", "consistent_uses": [], "notice": "N-1", "administrative": false},
	"oversee": {"programs": ["oversight"], "law": "access", "kind": "oversight", "consistent_uses": [], "notice": "N-1", "administrative": true},
	"secure": {"programs": ["law-enforcement"], "law": "SCIDA", "kind": "security", "consistent_uses": [], "notice": "N-1", "administrative": true},
}

# METADATA
# title: Obligations of other grounds
ground_obligations := {
	"accuracy-statement": {"on": "discloser", "due_days": 0, "citations": ["SCIDA-5"]},
	"after-review": {"on": "discloser", "due_days": 3, "citations": ["DESDA-37", "FIPPA-42-1-h", "MF-32-h", "PA-8-2-m"], "grounds": ["emergency", "public-interest"]},
	"answer-in-30-days": {"on": "discloser", "due_days": 30, "citations": ["DESDA-33", "FIPPA-47", "MF-36", "PA-12"], "grounds": ["own-information"]},
	"keep-consent": {"on": "discloser", "due_days": null, "citations": ["FIPPA-42-1-b", "MF-32-b", "PA-8-1-consent"], "grounds": ["consent"]},
	"keep-request-and-record": {"on": "discloser", "due_days": 731, "citations": ["PA-8-4"]},
	"legal-review": {"on": "discloser", "due_days": 0, "citations": ["DESDA-40-exception", "PA-8-2-c"], "grounds": ["court-order"]},
	"mail-notice": {"on": "discloser", "due_days": 0, "citations": ["FIPPA-42-1-h", "MF-32-h"]},
	"no-administrative-use": {"on": "recipient", "due_days": null, "citations": ["DESDA-38-39", "PA-8-2-j"]},
	"notify-partner-entity": {"on": "discloser", "due_days": 0, "citations": ["DESDA-37"]},
	"notify-privacy-commissioner": {"on": "discloser", "due_days": 0, "citations": ["CUST-107-6-9", "DESDA-37", "PA-8-2-m", "PA-9-4"]},
	"record-of-disclosure": {"on": "discloser", "due_days": 30, "citations": ["PA-9"]},
	"record-of-disclosure-municipal": {"on": "discloser", "due_days": 30, "citations": ["MF-34-35"]},
	"security-disclosure-record": {"on": "discloser", "due_days": null, "citations": ["SCIDA-5"]},
}

# METADATA
# title: Provisions of other grounds, as the register has them
ground_authorities := {
	"CUST-107-1-2": {"rule": "cust_107_1_2", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "customs-prohibited", "parameters": {"exceptions": ["CUST-107-3-4", "CUST-107-5", "CUST-107-6-9", "CUST-107-8", "CUST-107-9"]}, "grounds": ["investigative-request"]},
	"CUST-107-10": {"rule": "cust_107_10", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "needs-human-decision", "parameters": {"exceptions": ["CUST-107-5"]}, "grounds": ["court-order"]},
	"CUST-107-3-4": {"rule": "cust_107_3_4", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "emergency", "national-security"]},
	"CUST-107-5": {"rule": "cust_107_5", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "court-order", "investigative-request"]},
	"CUST-107-6-9": {"rule": "cust_107_6_9", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": ["notify-privacy-commissioner"], "grounds": ["public-interest"]},
	"CUST-107-9": {"rule": "cust_107_9", "regimes": ["customs"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure"], "grounds": ["consent", "own-information"]},
	"DESDA-33": {"rule": "desda_33", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["answer-in-30-days"], "grounds": ["own-information"]},
	"DESDA-33-2": {"rule": "desda_33_2", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure"], "grounds": ["member-of-parliament"]},
	"DESDA-37": {"rule": "desda_37", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["notify-privacy-commissioner", "notify-partner-entity"], "grounds": ["public-interest", "emergency"]},
	"DESDA-38-39": {"rule": "desda_38_39", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["no-administrative-use"], "grounds": ["research"]},
	"DESDA-34.2": {"rule": "desda_34_2", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["legal-review", "record-of-disclosure"], "grounds": ["court-order"]},
	"DESDA-34.2-access": {"rule": "desda_34_2_access", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["answer-in-30-days"], "grounds": ["own-information"]},
	"DESDA-40": {"rule": "desda_40", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "needs-human-decision", "parameters": {"exceptions": ["DESDA-40-exception"]}, "grounds": ["court-order"]},
	"DESDA-40-exception": {"rule": "desda_40_exception", "regimes": ["desda"], "effective": {"from": null, "until": null}, "obligations": ["legal-review", "record-of-disclosure"], "grounds": ["court-order"]},
	"FIPPA-42-1-b": {"rule": "fippa_42_1_b", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": ["keep-consent"], "grounds": ["consent"]},
	"FIPPA-42-1-e": {"rule": "fippa_42_1_e", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "court-order"]},
	"FIPPA-42-1-f-g": {"rule": "fippa_42_1_f_g", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": ["keep-request-and-record"], "grounds": ["investigative-request"]},
	"FIPPA-42-1-h": {"rule": "fippa_42_1_h", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": ["mail-notice"], "grounds": ["emergency"]},
	"FIPPA-42-1-i": {"rule": "fippa_42_1_i", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["emergency"]},
	"FIPPA-42-1-j": {"rule": "fippa_42_1_j", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "parameters": {"organizations": ["legislature"]}, "obligations": [], "grounds": ["member-of-parliament"]},
	"FIPPA-42-1-l-m": {"rule": "fippa_42_1_l_m", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "parameters": {"organizations": ["ipc"]}, "obligations": [], "grounds": ["oversight"]},
	"FIPPA-42-1-n": {"rule": "fippa_42_1_n", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "parameters": {"organizations": ["ministry"]}, "obligations": [], "grounds": ["audit"]},
	"MF-32-j-k": {"rule": "mf_32_j_k", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "parameters": {"organizations": ["ipc"]}, "obligations": [], "grounds": ["oversight"]},
	"FIPPA-47": {"rule": "fippa_47", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": ["answer-in-30-days"], "grounds": ["own-information"]},
	"IRPR-13.11": {"rule": "irpr_13_11", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "parameters": {"organizations": ["rcmp"], "elements": ["alias"]}, "grounds": ["investigative-request"]},
	"MF-14": {"rule": "mf_14", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "no-discloser-authority", "grounds": ["access-request"]},
	"MF-14-exceptions": {"rule": "mf_14_exceptions", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["access-request"]},
	"MF-2": {"rule": "mf_2", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "access-request"]},
	"MF-32-b": {"rule": "mf_32_b", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": ["keep-consent"], "grounds": ["consent"]},
	"MF-32-e": {"rule": "mf_32_e", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "court-order"]},
	"MF-32-f-g": {"rule": "mf_32_f_g", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": ["keep-request-and-record"], "grounds": ["investigative-request"]},
	"MF-32-h": {"rule": "mf_32_h", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": ["mail-notice"], "grounds": ["emergency"]},
	"MF-32-i-l": {"rule": "mf_32_i_l", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "parameters": {"organizations": ["province"]}, "obligations": ["record-of-disclosure-municipal"], "grounds": ["audit", "emergency"]},
	"MF-36": {"rule": "mf_36", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": ["answer-in-30-days"], "grounds": ["own-information"]},
	"MF-8-13-52": {"rule": "mf_8_13_52", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "needs-human-decision", "grounds": ["access-request"]},
	"PA-12": {"rule": "pa_12", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["answer-in-30-days"], "grounds": ["own-information"]},
	"PA-19-22-25-26": {"rule": "pa_19_22_25_26", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "reason": "in-confidence", "parameters": {"programs": ["tfwp", "irpa-enforcement"]}, "grounds": ["own-information"]},
	"PA-8-1-consent": {"rule": "pa_8_1_consent", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["keep-consent"], "grounds": ["consent"]},
	"PA-8-2-b": {"rule": "pa_8_2_b", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["agreement", "consent", "own-information", "court-order", "investigative-request", "public-interest", "emergency", "research", "member-of-parliament", "national-security"]},
	"PA-8-2-c": {"rule": "pa_8_2_c", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["legal-review", "record-of-disclosure"], "grounds": ["court-order"]},
	"PA-8-2-e": {"rule": "pa_8_2_e", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["keep-request-and-record"], "grounds": ["investigative-request"]},
	"PA-8-2-g": {"rule": "pa_8_2_g", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure"], "parameters": {"organizations": ["house-of-commons"]}, "grounds": ["member-of-parliament"]},
	"PA-3-m": {"rule": "pa_3_m", "regimes": ["desda", "privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["access-request"]},
	"MF-2-2": {"rule": "mf_2_2", "regimes": ["mfippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["access-request"]},
	"FIPPA-2-2": {"rule": "fippa_2_2", "regimes": ["fippa"], "effective": {"from": null, "until": null}, "obligations": [], "grounds": ["access-request"]},
	"AGA-13-1": {"rule": "aga_13_1", "regimes": ["customs", "desda", "privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "parameters": {"organizations": ["auditor-general"]}, "grounds": ["audit"]},
	"PA-34-2": {"rule": "pa_34_2", "regimes": ["customs", "desda", "privacy-act"], "effective": {"from": null, "until": null}, "obligations": [], "parameters": {"organizations": ["commissioner"]}, "grounds": ["oversight"]},
	"PA-8-2-h": {"rule": "pa_8_2_h", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure"], "parameters": {"organizations": ["comptroller-general"]}, "grounds": ["audit"]},
	"PA-8-2-j": {"rule": "pa_8_2_j", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure", "no-administrative-use"], "grounds": ["research"]},
	"PA-8-2-k": {"rule": "pa_8_2_k", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["record-of-disclosure"], "grounds": ["research"]},
	"PA-8-2-m": {"rule": "pa_8_2_m", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["notify-privacy-commissioner", "record-of-disclosure"], "grounds": ["public-interest", "emergency"]},
	"PA-8-4": {"rule": "pa_8_4", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["keep-request-and-record"], "grounds": ["investigative-request"]},
	"PA-SCHED-II": {"rule": "pa_sched_ii", "regimes": ["privacy-act"], "effective": {"from": "2022-06-20", "until": null}, "obligations": [], "grounds": ["investigative-request"]},
	"SCIDA-5": {"rule": "scida_5", "regimes": ["privacy-act"], "effective": {"from": null, "until": null}, "obligations": ["accuracy-statement", "security-disclosure-record"], "parameters": {"organizations": ["caf", "cbsa", "cfia", "cnsc", "cra", "cse", "csis", "dnd", "finance", "fintrac", "global-affairs", "health-canada", "industry", "ircc", "phac", "public-safety", "rcmp", "transport"]}, "grounds": ["national-security"]},
}

# METADATA
# title: Provisions by ground
grounds := {
	"access-request": ["FIPPA-2-2", "MF-14-exceptions", "MF-2", "MF-2-2", "PA-3-m"],
	"audit": ["AGA-13-1", "FIPPA-42-1-n", "MF-32-i-l", "PA-8-2-h"],
	"consent": ["CUST-107-9", "FIPPA-42-1-b", "MF-32-b", "PA-8-1-consent", "PA-8-2-b"],
	"court-order": ["CUST-107-5", "DESDA-34.2", "DESDA-40-exception", "FIPPA-42-1-e", "MF-32-e", "PA-8-2-b", "PA-8-2-c"],
	"emergency": ["CUST-107-3-4", "DESDA-37", "FIPPA-42-1-h", "FIPPA-42-1-i", "MF-32-h", "MF-32-i-l", "PA-8-2-b", "PA-8-2-m"],
	"investigative-request": ["CUST-107-5", "FIPPA-42-1-f-g", "IRPR-13.11", "MF-32-f-g", "PA-8-2-b", "PA-8-2-e"],
	"member-of-parliament": ["DESDA-33-2", "FIPPA-42-1-j", "PA-8-2-b", "PA-8-2-g"],
	"national-security": ["CUST-107-3-4", "PA-8-2-b", "SCIDA-5"],
	"oversight": ["FIPPA-42-1-l-m", "MF-32-j-k", "PA-34-2"],
	"own-information": ["CUST-107-9", "DESDA-33", "DESDA-34.2-access", "FIPPA-47", "MF-36", "PA-12", "PA-8-2-b"],
	"public-interest": ["CUST-107-6-9", "DESDA-37", "PA-8-2-b", "PA-8-2-m"],
	"published": ["IRPR-209.997"],
	"research": ["DESDA-38-39", "PA-8-2-b", "PA-8-2-j", "PA-8-2-k"],
}

# METADATA
# title: Exceptions by ground and prohibition
lifting := {
	"agreement": {"CUST-107-1-2": ["CUST-107-3-4", "CUST-107-5", "CUST-107-8"], "CUST-107-10": ["CUST-107-5"], "DESDA-32": ["DESDA-34", "DESDA-34.1", "DESDA-34.1-2", "DESDA-35", "DESDA-36", "DESDA-36.2", "IRPR-209.997"], "MF-32": ["MF-32-c", "MF-32-d", "MF-32-e"], "FIPPA-42": ["FIPPA-42-1-c", "FIPPA-42-1-d", "FIPPA-42-1-e"], "PA-8-1": ["PA-8-2-a", "PA-8-2-b", "PA-8-2-d", "PA-8-2-f", "PA-8-2-i", "PA-8-2-l"]},
	"emergency": {"CUST-107-1-2": ["CUST-107-3-4"], "DESDA-32": ["DESDA-37"], "MF-32": ["MF-32-h", "MF-32-i-l"], "FIPPA-42": ["FIPPA-42-1-h", "FIPPA-42-1-i"], "PA-8-1": ["PA-8-2-b", "PA-8-2-m"]},
	"national-security": {"CUST-107-1-2": ["CUST-107-3-4"], "PA-8-1": ["PA-8-2-b"]},
	"court-order": {"CUST-107-1-2": ["CUST-107-5"], "CUST-107-10": ["CUST-107-5"], "DESDA-32": ["DESDA-34.2", "DESDA-40-exception"], "DESDA-40": ["DESDA-40-exception"], "MF-32": ["MF-32-e"], "FIPPA-42": ["FIPPA-42-1-e"], "PA-8-1": ["PA-8-2-b", "PA-8-2-c"]},
	"investigative-request": {"CUST-107-1-2": ["CUST-107-5"], "CUST-107-10": ["CUST-107-5"], "MF-32": ["MF-32-f-g"], "FIPPA-42": ["FIPPA-42-1-f-g"], "PA-8-1": ["PA-8-2-b", "PA-8-2-e"]},
	"public-interest": {"CUST-107-1-2": ["CUST-107-6-9"], "DESDA-32": ["DESDA-37"], "PA-8-1": ["PA-8-2-b", "PA-8-2-m"]},
	"consent": {"CUST-107-1-2": ["CUST-107-9"], "MF-32": ["MF-32-b"], "FIPPA-42": ["FIPPA-42-1-b"], "PA-8-1": ["PA-8-1-consent", "PA-8-2-b"]},
	"own-information": {"CUST-107-1-2": ["CUST-107-9"], "DESDA-32": ["DESDA-33", "DESDA-34.2-access"], "MF-32": ["MF-36"], "FIPPA-42": ["FIPPA-47"], "PA-8-1": ["PA-8-2-b", "PA-12"]},
	"member-of-parliament": {"DESDA-32": ["DESDA-33-2"], "FIPPA-42": ["FIPPA-42-1-j"], "PA-8-1": ["PA-8-2-b", "PA-8-2-g"]},
	"research": {"DESDA-32": ["DESDA-38-39"], "PA-8-1": ["PA-8-2-b", "PA-8-2-j", "PA-8-2-k"]},
	"access-request": {"DESDA-32": ["PA-3-m"], "FIPPA-42": ["FIPPA-2-2"], "MF-32": ["MF-14-exceptions", "MF-2-2"], "PA-8-1": ["PA-3-m"]},
	"oversight": {"CUST-107-1-2": ["PA-34-2"], "DESDA-32": ["PA-34-2"], "FIPPA-42": ["FIPPA-42-1-l-m"], "MF-32": ["MF-32-j-k"], "PA-8-1": ["PA-34-2"]},
	"audit": {"CUST-107-1-2": ["AGA-13-1"], "DESDA-32": ["AGA-13-1"], "FIPPA-42": ["FIPPA-42-1-n"], "MF-32": ["MF-32-i-l"], "PA-8-1": ["AGA-13-1", "PA-8-2-h"]},
}

# METADATA
# title: How a recipient collects and keeps without a clause
ground_regimes := {
	"privacy-act": {"collected_under": ["PA-4", "PA-5"], "kept_under": "PR-4"},
	"fippa": {"collected_under": ["FIPPA-38-39"], "kept_under": "FIPPA-R460-5"},
	"mfippa": {"collected_under": ["MF-27-28", "MF-29"], "kept_under": "MF-30"},
	"contract": {"collected_under": ["CTR-SP"]},
}
