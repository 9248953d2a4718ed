# METADATA
# title: Manner of collection
# description: |
#   When an institution under one of Ontario's Acts may collect from somebody other than the person (MFIPPA 29(1), FIPPA
#   39(1)): the person authorised it, the source may disclose under one of these Acts, for proceedings, for law
#   enforcement, or in a manner that a statute authorises. The statute that lets the source disclose in an emergency, for
#   research or with a person's decision on another ground is such a statute; an agreement alone is not.
# schemas:
#   - input: schema.input
package sharing.manner_of_collection

import data.sharing.facts

# METADATA
# scope: document
# title: Collection from somebody other than the person is allowed
indirectly if facts.under_ontario_law

indirectly if facts.purpose.kind in {"enforce-law", "investigate"}

indirectly if input.ground in by_ground

# METADATA
# title: Grounds that are themselves a manner, or rest on a statute that authorises one
by_ground := {"consent", "court-order", "emergency", "investigative-request", "research"}
