package sharing.element_form_test

import data.sharing.element_form

test_plain if element_form.of({"kind": "plain"}) == {"kind": "plain", "keep": null, "to": null}

test_mask if element_form.of({"kind": "mask", "keep": 3}) == {"kind": "mask", "keep": 3, "to": null}

test_generalize if element_form.of({"kind": "generalize", "to": "year"}).to == "year"

test_unknown_kind if not element_form.of({"kind": "rot13"})

test_mask_keeps_some if not element_form.of({"kind": "mask", "keep": 0})

test_mask_keeps_little if not element_form.of({"kind": "mask", "keep": 9})

test_mask_of_words if not element_form.of({"kind": "mask", "keep": "all"})

test_mask_without_count if not element_form.of({"kind": "mask"})

test_generalize_to_nothing_known if not element_form.of({"kind": "generalize", "to": "identity"})

test_plain_with_parameter if not element_form.of({"kind": "plain", "keep": 3})

test_mask_with_target if not element_form.of({"kind": "mask", "keep": 3, "to": "year"})

test_generalize_with_count if not element_form.of({"kind": "generalize", "to": "year", "keep": 3})

test_scrub_with_parameter if not element_form.of({"kind": "scrub", "to": "year"})
