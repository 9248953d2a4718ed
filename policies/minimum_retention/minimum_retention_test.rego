package sharing.minimum_retention_test

import data.sharing.minimum_retention
import data.sharing.testing

days(id, bylaw) := result if {
	result := minimum_retention.of(id) with input as testing.client
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/city-a/bylaw_days", "value": bylaw}])
}

test_without_a_bylaw if {
	result := minimum_retention.of("MF-30") with input as testing.client
		with data.register as testing.register
		with data.parties as testing.parties
	result == 365
}

test_shorter_bylaw if days("MF-30", 90) == 90

test_longer_bylaw if days("MF-30", 700) == 365

test_provision_that_no_bylaw_shortens if days("FIPPA-R460-5", 90) == 365

test_bylaw_of_someone_else if {
	result := minimum_retention.of("MF-30") with input as testing.changed(testing.client, "/recipient", "town-a")
		with data.register as testing.register
		with data.parties as json.patch(testing.parties, [{"op": "add", "path": "/city-a/bylaw_days", "value": 90}])
	result == 365
}
