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
of(id) := facts.recipient.bylaw_days if {
	shortened(id)
} else := data.register.authorities[id].parameters.min_days

# METADATA
# title: A by-law or resolution of the recipient sets a shorter time, and the provision lets it
shortened(id) if {
	parameters := data.register.authorities[id].parameters
	parameters.bylaw_may_shorten
	facts.recipient.bylaw_days < parameters.min_days
}
