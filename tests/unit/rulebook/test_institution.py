"""Whose matter a document is: an agreement its parties', a record type its custodian's, a shared list everybody's."""

from pathlib import Path

import pytest

from gateway.service.rulebook.errors import DraftError
from tests.unit.rulebook.office import TFW, Office, lantern, narrowed, play, shipped, who

_TYPE = "catalogue/employer-compliance.yaml"
_LIST = "purposes.yaml"


def _with_comment(path: str) -> dict[str, bytes]:
    return {path: shipped()[path] + b"# read again\n"}


@pytest.mark.parametrize(
    ("files", "mine", "theirs"),
    [
        (narrowed(), ("esdc-isb", "ircc-cpn"), ("london-ssm",)),
        (lantern(), ("esdc-isb",), ("ircc-cpn", "london-ssm")),
        (_with_comment(_TYPE), ("esdc-isb",), ("ircc-cpn", "london-ssm")),
        (_with_comment(_LIST), ("esdc-isb", "ircc-cpn", "london-ssm"), ()),
        (narrowed() | _with_comment("catalogue/gcms-worker.yaml"), ("ircc-cpn", "esdc-isb"), ("london-ssm",)),
    ],
    ids=["agreement", "another-agreement", "record-type", "list", "both"],
)
def test_a_draft_is_approved_by_an_institution_that_it_concerns(
    files: dict[str, bytes], mine: tuple[str, ...], theirs: tuple[str, ...], tmp_path: Path
) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.drafted(files)
        size = len(office.entries())
        for unit in theirs:
            with pytest.raises(DraftError) as told:
                await office.desk.drafts.approve(who(f"a.{unit}", unit), draft.id, draft.digest, "Director")
            assert told.value.code == "not-concerned"
        assert len(office.entries()) == size
        for unit in mine:
            draft = await office.desk.drafts.approve(who(f"a.{unit}", unit), draft.id, draft.digest, "Director")
        assert [one.unit for one in draft.standing_approvals] == list(mine)

    play(tmp_path, scenario)


def test_an_agreement_that_a_draft_takes_its_party_out_of_still_concerns_that_party(tmp_path: Path) -> None:
    """What is in force counts beside what is drafted: nobody is written out of an agreement behind their back, and
    nobody new is written in without a say."""

    async def scenario(office: Office) -> None:
        draft = await office.drafted(narrowed())
        sound = await office.desk.drafts.require_sound(draft)
        assert sound.concerned(draft) == {"esdc", "ircc"}
        assert sound.before.concerned([TFW]) == sound.after.concerned([TFW])

    play(tmp_path, scenario)
