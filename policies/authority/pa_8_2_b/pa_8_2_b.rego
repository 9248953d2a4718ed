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
import data.sharing.authority.dci_5_5
import data.sharing.authority.desda_34
import data.sharing.authority.desda_35
import data.sharing.authority.desda_36
import data.sharing.authority.desda_36_2
import data.sharing.authority.irpr_209_92
import data.sharing.authority.irpr_209_997
import data.sharing.discloser_authority
import data.sharing.facts

# METADATA
# scope: document
# title: Elements that a federal Act or regulation in force authorises
permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("DESDA-34")
	some name in desda_34.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("DESDA-35")
	some name in desda_35.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("DESDA-36")
	some name in desda_36.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("DESDA-36.2")
	some name in desda_36_2.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("DCI-5.5")
	some name in dci_5_5.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("IRPR-209.92")
	some name in irpr_209_92.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("IRPR-209.997")
	some name in irpr_209_997.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("CUST-107-3-4")
	some name in cust_107_3_4.permits
}

permits contains name if {
	facts.custodian.kind == "federal"
	discloser_authority.in_force("CUST-107-5")
	some name in cust_107_5.permits
}
