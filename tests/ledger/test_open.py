"""Opening a ledger, and the one line that says why it cannot be opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dragoman.errors import LedgerBusyError, LedgerError, LedgerVersionError
from dragoman.ledger import Ledger
from dragoman.ledger.connect import connect
from dragoman.ledger.migrate import VERSION, migrate, migrations

HOLD = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def one_line(error: LedgerError, path: Path) -> str:
    text = str(error)
    assert "\n" not in text
    assert text.startswith(f"{path}: ")
    assert error.remedy
    return text


def test_an_absent_ledger_is_made(tmp_path: Path):
    with Ledger.open(tmp_path / "new.duckdb") as ledger:
        assert ledger.finished
        assert set(ledger.counts().values()) == {0}
    assert [file.name for file in tmp_path.iterdir()] == ["new.duckdb"]


def test_an_empty_file_and_a_half_made_ledger_are_made_anew(tmp_path: Path):
    path = tmp_path / "new.duckdb"
    path.touch()
    path.with_name("new.duckdb.new").write_bytes(b"half")
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == 0
    assert [file.name for file in tmp_path.iterdir()] == ["new.duckdb"]


def test_an_absent_ledger_is_not_made_for_reading(tmp_path: Path):
    with pytest.raises(LedgerError, match="does not exist") as caught:
        Ledger.open(tmp_path / "no.duckdb", read_only=True)
    one_line(caught.value, tmp_path / "no.duckdb")


def test_a_text_file_is_no_ledger(tmp_path: Path):
    path = tmp_path / "notes.txt"
    path.write_text("Notes, not a database.\n" * 400)
    for read_only in (True, False):
        with pytest.raises(LedgerError, match="is not a ledger") as caught:
            Ledger.open(path, read_only=read_only)
        one_line(caught.value, path)


def test_another_duckdb_file_is_no_ledger_and_stays_as_it_is(tmp_path: Path):
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE sales (a INTEGER)")
    with pytest.raises(LedgerError, match="not a ledger") as caught:
        Ledger.open(path)
    one_line(caught.value, path)
    with duckdb.connect(path) as connection:
        assert connection.execute("SHOW TABLES").fetchall() == [("sales",)]


def test_a_folder_is_no_ledger(tmp_path: Path):
    with pytest.raises(LedgerError, match="folder") as caught:
        Ledger.open(tmp_path)
    one_line(caught.value, tmp_path)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path):
    path = tmp_path / "no" / "ledger.duckdb"
    with pytest.raises(LedgerError, match="folder") as caught:
        Ledger.open(path)
    one_line(caught.value, path)


def test_a_disk_that_cannot_be_written_is_named():
    path = Path("/proc/ledger.duckdb")
    if not path.parent.is_dir():
        pytest.skip("no /proc here: it stands for a folder where nothing can be made")
    with pytest.raises(LedgerError) as caught:
        Ledger.open(path)
    one_line(caught.value, path)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path):
    path = tmp_path / "newer.duckdb"
    with Ledger.open(path) as ledger:
        ledger.sql("INSERT INTO schema_version VALUES (?, '9.0')", [VERSION + 1])
    for read_only in (True, False):
        with pytest.raises(LedgerVersionError, match="newer version") as caught:
            Ledger.open(path, read_only=read_only)
        one_line(caught.value, path)


def test_a_ledger_in_use_by_another_process_is_busy(tmp_path: Path):
    path = tmp_path / "busy.duckdb"
    Ledger.open(path).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        for read_only in (True, False):
            with pytest.raises(LedgerBusyError, match=str(holder.pid)) as caught:
                Ledger.open(path, read_only=read_only)
            one_line(caught.value, path)


def test_many_may_read_at_once(tmp_path: Path):
    path = tmp_path / "shared.duckdb"
    Ledger.open(path).close()
    with Ledger.open(path, read_only=True) as first, Ledger.open(path, read_only=True) as second:
        assert first.counts() == second.counts()


def test_a_ledger_open_for_reading_refuses_to_be_written(tmp_path: Path):
    path = tmp_path / "read.duckdb"
    Ledger.open(path).close()
    with Ledger.open(path, read_only=True) as ledger, pytest.raises(LedgerError, match="reading only"):
        ledger.add([])


def test_each_version_from_the_second_on_has_its_migration():
    assert sorted(migrations()) == list(range(2, VERSION + 1))


def test_an_older_ledger_is_brought_forward_when_it_is_opened_for_writing(tmp_path: Path):
    path = tmp_path / "old.duckdb"
    connection = connect(path, read_only=False)
    steps = {VERSION + 1: "ALTER TABLE figures ADD COLUMN note VARCHAR;\n"}
    with pytest.raises(LedgerError, match="older version"):
        migrate(connection, path=str(path), read_only=True, target=VERSION + 1, steps=steps)
    migrate(connection, path=str(path), read_only=False, target=VERSION + 1, steps=steps)
    assert connection.execute("SELECT note FROM figures").fetchall() == []
    assert connection.execute("SELECT max(version) FROM schema_version").fetchone() == (VERSION + 1,)
    connection.close()


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path):
    path = tmp_path / "old.duckdb"
    connection = connect(path, read_only=False)
    steps = {VERSION + 1: "ALTER TABLE figures ADD COLUMN note VARCHAR; SELECT nonsense;\n"}
    with pytest.raises(duckdb.Error):
        migrate(connection, path=str(path), read_only=False, target=VERSION + 1, steps=steps)
    connection.rollback()
    connection.close()
    with Ledger.open(path) as ledger:
        assert ledger.counts()["figures"] == 0
