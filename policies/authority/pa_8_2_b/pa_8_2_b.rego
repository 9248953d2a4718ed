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
import data.sharing.authority.cust_107_8
import data.sharing.authority.dci_5_4
import data.sharing.authority.dci_5_5
import data.sharing.authority.desda_34
import data.sharing.authority.desda_34_1
import data.sharing.authority.desda_35
import data.sharing.authority.desda_36
import data.sharing.authority.desda_36_2
import data.sharing.authority.irpr_209_92
import data.sharing.authority.irpr_209_997
import data.sharing.authority.irpr_315_21_315_43
import data.sharing.discloser_authority
import data.sharing.facts

# METADATA
# title: Elements that a federal Act or regulation in force authorises
permits contains name if {
	facts.custodian.kind == "federal"
	some id, names in authorised
	discloser_authority.in_force(id)
	some name in names
}

# METADATA
# title: What each federal provision authorises, whether in force or not
authorised := {
	"CUST-107-3-4": cust_107_3_4.permits,
	"CUST-107-5": cust_107_5.permits,
	"CUST-107-8": cust_107_8.permits,
	"DCI-5.4": dci_5_4.permits,
	"DCI-5.5": dci_5_5.permits,
	"DESDA-34": desda_34.permits,
	"DESDA-34.1": desda_34_1.permits,
	"DESDA-35": desda_35.permits,
	"DESDA-36": desda_36.permits,
	"DESDA-36.2": desda_36_2.permits,
	"IRPR-209.92": irpr_209_92.permits,
	"IRPR-209.997": irpr_209_997.permits,
	"IRPR-315.21-315.43": irpr_315_21_315_43.permits,
}
