# METADATA
# title: Minimum retention
# description: |
#   How long a recipient keeps what it used, at least. Where the provision allows it, a by-law or resolution of the
#   recipient counts when it is shorter (O. Reg. 823 s.5: the shorter of one year and that period).
# schemas:
#   - input: schema.input
package sharing.minimum_retention

import data.sharing.facts

# METADATA
# title: The shortest time, in days, under a provision
of(id) := min({parameters.min_days} | {days |
	parameters.bylaw_may_shorten
	days := facts.recipient.bylaw_days
}) if {
	parameters := data.register.authorities[id].parameters
}
