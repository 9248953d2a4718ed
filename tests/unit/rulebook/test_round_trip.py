"""What is imported is exported byte for byte; what is shipped can be drafted as it is, with a comment of its own."""

import asyncio
import shutil
from pathlib import Path

import pytest

from gateway.adapters.db.documents import KeptDocuments
from gateway.adapters.packaged import packaged
from gateway.adapters.rulebook.folder import DiskFolder, is_living, living_files
from gateway.adapters.rulebook.kept import KeptRulebooks
from gateway.cli.document_files import documents_of
from gateway.domain.draft import DraftState
from gateway.service.rulebook.errors import DraftError
from gateway.staff.calls import CALLS
from tests.unit.rulebook.office import EDITOR, LANTERN, Office, play, shipped

pytestmark = pytest.mark.thorough

EXTRA = ("isa/london-icm.yaml", "catalogue/lmia.yaml", "parties.yaml")


def test_every_shipped_document_is_given_back_byte_for_byte(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        told = await CALLS["rulebook.files"](office, EDITOR)
        assert {path: text.encode() for path, text in told["files"].items()} == shipped()
        assert len(shipped()) > 20

    play(tmp_path, scenario)


def test_a_folder_that_was_exported_is_imported_as_what_is_in_force(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        told = await CALLS["rulebook.files"](office, EDITOR)
        folder = tmp_path / "exported"
        for path, text in told["files"].items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        assert dict(documents_of(folder)) == told["files"]
        files = {path: text.encode() for path, text in documents_of(folder)}
        with pytest.raises(DraftError, match="nothing to draft"):
            await office.desk.drafts.open(EDITOR, files)

    play(tmp_path, scenario)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_second_folder_keeps_its_place_and_its_bytes(ending: str, tmp_path: Path) -> None:
    main, extra = tmp_path / "main", tmp_path / "more"
    shutil.copytree(packaged("agreements"), main)
    for path in EXTRA:
        (extra / path).parent.mkdir(parents=True, exist_ok=True)
        (extra / path).write_bytes(f"# été {path}{ending}id: x{ending}".encode())
    folders = [DiskFolder(main), DiskFolder(extra)]

    async def scenario(office: Office) -> None:
        kept = KeptRulebooks(KeptDocuments(office.world.engine), folders)
        digests = kept.keep(kept.on_disk())
        assert {path for path in digests if path.startswith("extra/")} == {f"extra/{path}" for path in EXTRA}
        assert kept.files(digests) == living_files(folders)
        exported = tmp_path / "exported"
        for path, body in kept.files(digests).items():
            (exported / path).parent.mkdir(parents=True, exist_ok=True)
            (exported / path).write_bytes(body)
        assert {path: text.encode() for path, text in documents_of(exported)} == living_files(folders)
        _main, again = kept.folders(kept.files(digests))
        assert {path: again.read(path) for path in EXTRA} == {path: (extra / path).read_bytes() for path in EXTRA}

    play(tmp_path, scenario)


def test_every_shipped_document_can_be_drafted_alone_with_a_comment(tmp_path: Path) -> None:
    """Another comment is another document and no other agreement: every digest that entries cite stays."""

    async def scenario(office: Office) -> None:
        before = await office.state()
        commented = {path: body + b"# Looked at.\n" for path, body in shipped().items()}
        for path, body in commented.items():
            assert is_living(path)
            draft = await office.desk.drafts.open(EDITOR, {path: body})
            read = await asyncio.to_thread(office.documents.read, await office.desk.drafts.documents_with(draft))
            assert not read.faults, path
            assert {name: one.digest for name, one in read.agreements.items()} == before.agreements, path
            submitted = await office.desk.drafts.submit(EDITOR, draft.id, draft.revision)
            assert submitted.state is DraftState.IN_REVIEW
        done = await office.published(commented)
        after = await office.state()
        assert (after.agreements, done.state) == (before.agreements, DraftState.PUBLISHED)
        assert {path: office.documents.file(digest) for path, digest in after.files.items()} == commented

    play(tmp_path, scenario)


def test_a_document_alone_that_does_not_fit_is_refused_with_its_place(tmp_path: Path) -> None:
    async def scenario(office: Office) -> None:
        for path, body in shipped().items():
            draft = await office.desk.drafts.open(EDITOR, {path: body + b"unknown_member: 1\n"})
            with pytest.raises(DraftError) as told:
                await office.desk.drafts.submit(EDITOR, draft.id, draft.revision)
            assert told.value.code == "draft-faults"
            assert path in str(told.value)
        removed = await office.desk.drafts.open(EDITOR, {"catalogue/lmia.yaml": None})
        with pytest.raises(DraftError, match="lmia"):
            await office.desk.drafts.submit(EDITOR, removed.id, removed.revision)
        assert LANTERN in shipped()

    play(tmp_path, scenario)
