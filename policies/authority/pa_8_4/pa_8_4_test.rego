package sharing.authority.pa_8_4_test

import data.sharing.authority.pa_8_4
import data.sharing.testing

ask(request) := result if {
	result := pa_8_4.obliges with input as request
		with data.register as testing.register
		with data.parties as testing.parties
		with data.catalogue as testing.catalogue
}

asked := testing.on("investigative-request", "ircc-a", "investigate", testing.about("cbsa-a", "report", ["summary", "entry", "benefit"]))

test_kept_whoever_asked if ask(asked) == {"benefit", "entry", "summary"}

test_not_in_writing if ask(testing.silent(asked, "request-in-writing")) == set()

test_other_ground if ask(testing.changed(asked, "/ground", "consent")) == set()

test_other_regime if ask(testing.on("investigative-request", "rcmp-a", "investigate", testing.about("provider-a", "client", ["milestone", "notes"]))) == set()
