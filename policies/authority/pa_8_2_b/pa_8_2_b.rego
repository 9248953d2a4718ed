# METADATA
# title: PA-8-2-b
# description: "Disclosure that another federal Act or regulation authorises; a provincial statute does not qualify"
# custom:
#   provision: PA-8-2-b
# schemas:
#   - input: schema.input
package sharing.authority.pa_8_2_b

import data.sharing.authority.cust_107_3_4
import data.sharing.authority.cust_107_5
import data.sharing.authority.cust_107_6_9
import data.sharing.authority.cust_107_8
import data.sharing.authority.cust_107_9
import data.sharing.authority.dci_5_4
import data.sharing.authority.dci_5_5
import data.sharing.authority.desda_33
import data.sharing.authority.desda_33_2
import data.sharing.authority.desda_34
import data.sharing.authority.desda_34_1
import data.sharing.authority.desda_34_1_2
import data.sharing.authority.desda_35
import data.sharing.authority.desda_36
import data.sharing.authority.desda_36_2
import data.sharing.authority.desda_37
import data.sharing.authority.desda_38_39
import data.sharing.authority.desda_40_exception
import data.sharing.authority.irpr_13_11
import data.sharing.authority.irpr_209_92
import data.sharing.authority.irpr_209_997
import data.sharing.authority.irpr_315_21_315_43
import data.sharing.authority.scida_5
import data.sharing.clause_match
import data.sharing.facts
import data.sharing.in_force

# METADATA
# title: Elements that such a provision could open on another ground than an agreement
reaches contains name if {
	some id, names in reached
	in_force.holds(id)
	some name in names
}

# METADATA
# title: Elements that a federal Act or regulation in force authorises
permits contains name if {
	facts.custodian.kind == "federal"
	some id, names in on_the_ground
	in_force.holds(id)
	some name in names
}

# METADATA
# title: What each provision authorises on the ground of the request; only that ground is worked out
on_the_ground := {id: names | some id, names in authorised; id in cited} if {
	input.ground == "agreement"
} else := released

# METADATA
# title: What a clause cites; the enabling provision speaks for itself, with its own duties
cited contains id if {
	some clause in clause_match.matched
	some id in clause.discloser.authorities
}

# METADATA
# title: What each federal provision authorises under an agreement, whether in force or not
authorised := {
	"CUST-107-3-4": cust_107_3_4.permits,
	"CUST-107-5": cust_107_5.permits,
	"CUST-107-8": cust_107_8.permits,
	"DCI-5.4": dci_5_4.permits,
	"DCI-5.5": dci_5_5.permits,
	"DESDA-34": desda_34.permits,
	"DESDA-34.1": desda_34_1.permits,
	"DESDA-34.1-2": desda_34_1_2.permits,
	"DESDA-35": desda_35.permits,
	"DESDA-36": desda_36.permits,
	"DESDA-36.2": desda_36_2.permits,
	"IRPR-209.92": irpr_209_92.permits,
	"IRPR-209.997": irpr_209_997.permits,
	"IRPR-315.21-315.43": irpr_315_21_315_43.permits,
}

# METADATA
# title: What each provision of another Act could open on another ground
# description: Provisions that open the Privacy Act themselves are not here; an element is in their reach already.
reached := {
	"CUST-107-3-4": cust_107_3_4.reaches,
	"CUST-107-5": cust_107_5.reaches,
	"CUST-107-6-9": cust_107_6_9.reaches,
	"CUST-107-9": cust_107_9.reaches,
	"DESDA-33": desda_33.reaches,
	"DESDA-33-2": desda_33_2.reaches,
	"DESDA-37": desda_37.reaches,
	"DESDA-38-39": desda_38_39.reaches,
	"DESDA-40-exception": desda_40_exception.reaches,
}

# METADATA
# title: What each federal provision opens on another ground
released := {
	"CUST-107-3-4": cust_107_3_4.permits,
	"CUST-107-5": cust_107_5.permits,
	"CUST-107-6-9": cust_107_6_9.permits,
	"CUST-107-9": cust_107_9.permits,
	"DESDA-33": desda_33.permits,
	"DESDA-33-2": desda_33_2.permits,
	"DESDA-37": desda_37.permits,
	"DESDA-38-39": desda_38_39.permits,
	"DESDA-40-exception": desda_40_exception.permits,
	"IRPR-13.11": irpr_13_11.permits,
	"SCIDA-5": scida_5.permits,
}
