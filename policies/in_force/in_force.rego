# METADATA
# title: In force
# description: |
#   A provision counts from its first day until the day before its last; periods are half-open, of days in Ottawa and
#   Toronto, where the legislatures sit. That holds for what permits, what obliges, what forbids, and for the exceptions
#   that a prohibition names.
# schemas:
#   - input: schema.input
package sharing.in_force

# METADATA
# title: The date of the request is within a period
within(period) if {
	begun(period)
	not ended(period)
}

# METADATA
# scope: document
# title: A period has begun
begun(period) if period.from == null

begun(period) if period.from <= input.date

# METADATA
# title: A period has ended
ended(period) if {
	period.until != null
	period.until <= input.date
}

# METADATA
# title: A provision of the register is in force on the date of the request
holds(id) if within(data.register.authorities[id].effective)

# METADATA
# title: An exception in force opens an element that a prohibition would keep back
lifts(prohibition, name) if name in lifted[prohibition]

# METADATA
# title: Elements that the exceptions in force open, by the prohibition they are excepted from
lifted[prohibition] contains name if {
	some prohibition, exceptions in data.register.lifting[input.ground]
	some id in exceptions
	authority := data.register.authorities[id]
	within(authority.effective)
	some name in data.sharing.authority[authority.rule].permits
}
