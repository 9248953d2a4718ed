"""Drafts: saved as one goes, in conflict by revision, approved by somebody who wrote none of it, or never in force."""

import asyncio
from pathlib import Path

import pytest

from gateway.domain.draft import DraftState
from gateway.service.rulebook.errors import DraftChangedError, DraftError, DraftFaultsError
from tests.unit.rulebook.office import (
    APPROVER,
    EDITOR,
    LANTERN,
    NARROWER,
    OTHER,
    PUBLISHER,
    TFW,
    Office,
    lantern,
    narrowed,
    play,
    shipped,
    version,
    who,
)


async def refused(act: object, code: str) -> DraftError:
    with pytest.raises(DraftError) as told:
        await act  # type: ignore[misc]
    assert told.value.code == code
    return told.value


def test_the_way_of_a_draft_is_on_record_step_by_step(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        before = await office.state()
        done = await office.published(narrowed())
        assert done.state is DraftState.PUBLISHED
        after = await office.state()
        assert after.agreements["esdc-ircc-tfw"] != before.agreements["esdc-ircc-tfw"]
        others = {name for name in before.agreements if before.agreements[name] != after.agreements[name]}
        assert others == {"esdc-ircc-tfw"}, "nothing else of the rulebook moves"
        steps = ["draft-opened", "draft-submitted", "draft-approved", "rulebook-published"]
        assert office.actions()[1:] == steps
        entry = office.entries()[-1]
        assert (entry.kind, entry.agreement and entry.agreement.version) == ("publication", "2")
        assert not [one for one in office.entries() if b"editor" in one.to_bytes() or b"approver" in one.to_bytes()]
        history = await office.desk.publishing.history("esdc-ircc-tfw")
        assert history is not None
        assert [(step["action"], step["version"], step["draft"]) for step in history["steps"]] == [
            ("published", "2", done.id)
        ]
        listed = await office.desk.drafts.list()
        assert (listed, [one.id for one in await office.desk.drafts.list(every=True)]) == ([], [done.id])

    play(tmp_path, scenario)


def test_nobody_approves_what_they_wrote(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts = office.desk.drafts
        draft = await office.drafted(narrowed())
        await refused(drafts.approve(EDITOR, draft.id, draft.digest, ""), "own-draft")
        await refused(drafts.approve(who("E.Editor "), draft.id, draft.digest, ""), "own-draft")
        saved = await drafts.save(APPROVER, draft.id, draft.revision, lantern())
        assert saved.state is DraftState.DRAFT
        submitted = await drafts.submit(OTHER, saved.id, saved.revision)
        for author in (EDITOR, APPROVER):
            await refused(drafts.approve(author, draft.id, submitted.digest, ""), "own-draft")
        approved = await drafts.approve(OTHER, draft.id, submitted.digest, "Director, Privacy")
        assert [one.office for one in approved.standing_approvals] == ["Director, Privacy"]
        await refused(drafts.approve(OTHER, draft.id, submitted.digest, ""), "approved-already")

    play(tmp_path, scenario)


def test_an_edit_voids_every_approval_also_one_that_is_taken_back(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts, publishing = office.desk.drafts, office.desk.publishing
        approved = await office.approved(narrowed())
        edited = await drafts.save(OTHER, approved.id, approved.revision, lantern())
        assert edited.standing_approvals == ()
        await refused(publishing.publish(PUBLISHER, approved.id, edited.digest), "not-approved")
        back = await drafts.save(EDITOR, edited.id, edited.revision, {LANTERN: shipped()[LANTERN]})
        assert back.digest == approved.digest
        assert back.standing_approvals == (), "what was approved before an edit is not approved after it"
        again = await drafts.submit(EDITOR, back.id, back.revision)
        await refused(publishing.publish(PUBLISHER, again.id, again.digest), "not-approved")

    play(tmp_path, scenario)


def test_what_changed_since_it_was_looked_at_is_not_approved(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts = office.desk.drafts
        seen = await office.drafted(narrowed())
        changed = await drafts.save(EDITOR, seen.id, seen.revision, narrowed("3"))
        await drafts.submit(EDITOR, seen.id, changed.revision)
        assert "Look at it again" in str(
            await refused(drafts.approve(APPROVER, seen.id, seen.digest, ""), "another-digest")
        )
        await drafts.approve(APPROVER, seen.id, changed.digest, "")
        await refused(office.desk.publishing.publish(PUBLISHER, seen.id, seen.digest), "another-digest")

    play(tmp_path, scenario)


def test_of_two_editors_the_second_is_told_which_documents_changed(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts = office.desk.drafts
        seen = await drafts.open(EDITOR, narrowed() | lantern())
        first = await drafts.save(OTHER, seen.id, seen.revision, lantern("3"))
        assert (seen.revision, first.revision) == (1, 2)
        with pytest.raises(DraftChangedError) as told:
            await drafts.save(EDITOR, seen.id, seen.revision, narrowed("3"))
        assert (told.value.changed, told.value.revision) == ((LANTERN,), 2)
        assert LANTERN in str(told.value)
        assert TFW not in str(told.value)
        await drafts.save(EDITOR, seen.id, first.revision, narrowed("3"))
        with pytest.raises(DraftChangedError) as told:
            await drafts.withdraw(OTHER, seen.id, seen.revision)
        assert told.value.changed == (TFW, LANTERN)
        now = await drafts.submit(EDITOR, seen.id, 3)
        with pytest.raises(DraftChangedError) as told:
            await drafts.save(OTHER, seen.id, 3, narrowed("4"))
        assert (told.value.changed, told.value.revision) == ((), now.revision)
        assert "its state" in str(told.value)
        # The same where both save in the same moment: one is durable, the other is told.
        outcomes = await asyncio.gather(
            drafts.save(EDITOR, seen.id, 4, narrowed("5")),
            drafts.save(OTHER, seen.id, 4, lantern("5")),
            return_exceptions=True,
        )
        (lost,) = [one for one in outcomes if isinstance(one, DraftChangedError)]
        assert lost.changed in ((TFW,), (LANTERN,))
        assert (await drafts.find(seen.id)).revision == lost.revision == 5

    play(tmp_path, scenario)


def test_a_draft_whose_documents_do_not_fit_stays_a_draft(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts = office.desk.drafts
        text = shipped()[TFW]
        for number, (old, new, said) in enumerate(
            (
                (b"record_type: lmia\n", b"record_type: nothing-known\n", "nothing-known"),
                (b"instrument:\n", b"instruments:\n", "not of the schema"),
                (b"esdc-pob, authorities", b"another-deployments-unit, authorities", "another-deployments-unit"),
                (b"id: esdc-ircc-tfw\n", b"id: esdc-lantern-support\n", "the file is named"),
                (b"parties:\n", b"parties: [\n", "YAML"),
            )
        ):
            draft = await drafts.open(EDITOR, {TFW: text.replace(old, new, 1)})
            with pytest.raises(DraftFaultsError) as told:
                await drafts.submit(EDITOR, draft.id, draft.revision)
            assert said in str(told.value), number
            assert told.value.faults[0].file == TFW
            assert told.value.faults[0].line > 0
            assert (await drafts.find(draft.id)).state is DraftState.DRAFT
            assert (await drafts.read(draft)).faults

    play(tmp_path, scenario)


def test_an_agreement_that_is_there_already_is_not_imported_under_another_file(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        draft = await office.desk.drafts.open(EDITOR, {"extra/isa/esdc-lantern-support.yaml": shipped()[LANTERN]})
        with pytest.raises(DraftFaultsError, match="exists already"):
            await office.desk.drafts.submit(EDITOR, draft.id, draft.revision)

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({}, "files"),
        ({f"isa/a{number}.yaml": b"" for number in range(101)}, "files"),
        ({"../etc/passwd": b""}, "not-a-document"),
        ({"isa/sub/x.yaml": b""}, "not-a-document"),
        ({"authorities/federal.yaml": b""}, "not-a-document"),
        ({LANTERN: None}, "agreement-removed"),
        ({"extra/isa/x.yaml": None}, "agreement-removed"),
        ({LANTERN: shipped()[LANTERN]}, "nothing-to-change"),
        ({"catalogue/of-nothing.yaml": None}, "nothing-to-change"),
    ],
)
def test_what_is_no_change_of_a_document_is_no_draft(files: dict[str, bytes | None], code: str, tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        await refused(office.desk.drafts.open(EDITOR, files), code)
        assert office.actions() == ["rulebook-in-force"]

    play(tmp_path, scenario)


def test_a_text_has_a_version_of_its_own(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts = office.desk.drafts
        draft = await drafts.open(EDITOR, version(TFW, shipped()[TFW], "1", without=NARROWER))
        await refused(drafts.submit(EDITOR, draft.id, draft.revision), "version-not-raised")
        # A comment is no other text: the version may stay.
        commented = await drafts.save(
            EDITOR, draft.id, draft.revision, version(TFW, shipped()[TFW], "1", comment="looked at")
        )
        assert (await drafts.submit(EDITOR, draft.id, commented.revision)).state is DraftState.IN_REVIEW

    play(tmp_path, scenario)


def test_a_draft_that_ends_stays_to_be_looked_at_and_moves_no_more(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        drafts, publishing = office.desk.drafts, office.desk.publishing
        draft = await drafts.open(EDITOR, narrowed())
        await refused(drafts.approve(APPROVER, draft.id, draft.digest, ""), "wrong-state")
        gone = await drafts.withdraw(OTHER, draft.id, draft.revision)
        await refused(drafts.save(EDITOR, gone.id, gone.revision, lantern()), "wrong-state")
        await refused(drafts.submit(EDITOR, gone.id, gone.revision), "wrong-state")
        await refused(drafts.withdraw(EDITOR, gone.id, gone.revision), "wrong-state")
        await refused(publishing.publish(PUBLISHER, gone.id, gone.digest), "not-approved")
        done = await office.published(narrowed())
        for act in (
            drafts.save(EDITOR, done.id, done.revision, lantern()),
            drafts.approve(APPROVER, done.id, done.digest, ""),
            drafts.withdraw(EDITOR, done.id, done.revision),
        ):
            await refused(act, "wrong-state")
        await refused(publishing.publish(PUBLISHER, done.id, done.digest), "not-approved")
        await refused(drafts.find("d-of-nothing"), "no-such-draft")
        assert (await drafts.find(gone.id)).files == gone.files

    play(tmp_path, scenario)


def test_a_deployment_of_files_has_no_drafts(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        told = await refused(office.desk.drafts.open(EDITOR, narrowed()), "rulebook-in-files")
        assert "RULEBOOK=files" in str(told)

    play(tmp_path, scenario, living=False)
