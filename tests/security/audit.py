#!/usr/bin/env python3
"""What `tideline audit verify` finds, through the command line: bytes changed, rows removed, the tail cut off, everything
removed, an old copy restored.

    audit.py BUILD_DIR"""
import json
import os
import shutil
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import Desk, Failed, House, expect  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
COLUMNS = {
    "ledger_entry": ["position", "stream", "seq", "at_ms", "actor", "action", "subject", "detail", "previous", "hash"],
    "ledger_root": ["position", "chain", "signature"],
    "ledger_checkpoint": ["position", "at_ms", "streams", "merkle_root", "chain", "signature"],
}


def sql(house, *statements):
    with sqlite3.connect(os.path.join(house.data, "tideline.db")) as db:
        return [db.execute(statement).fetchall() for statement in statements]


def put_back(house, kept):
    for name in os.listdir(house.data):
        if name.startswith("tideline.db"):
            os.remove(os.path.join(house.data, name))
    for name in os.listdir(kept):
        if name.startswith("tideline.db"):
            shutil.copy(os.path.join(kept, name), house.data)


def sound(house, *more):
    code, found = house.verify(*more)
    expect(code in (0, 2), f"exit code {code}: {found}")
    expect(found["ok"] == (code == 0) == (found["problems"] == []), f"exit code and answer differ: {code} {found}")
    return code == 0


def run():
    house = House(BUILD)
    try:
        expect(sound(house), "a new instance is not sound")
        desk = Desk(BUILD, house.data)
        desk.ask(do="found", staff=["Ana"], team="Reports")
        house.start()
        for i in range(3):
            house.report([("what", f"Report {i}")], [("a.txt", b"file")])
        for report in desk.ask(do="list")["reports"]:
            desk.ask(do="reply", report=report, text="Are you safe?")
        desk.leave()
        house.stop()  # which signs a checkpoint
        expect(sound(house), "an untouched ledger is not sound")
        kept = os.path.join(house.folder, "kept")
        shutil.copytree(house.data, kept)

        changes = 0
        for table, columns in COLUMNS.items():
            positions = [row[0] for row in sql(house, f"SELECT position FROM {table} ORDER BY position")[0]]
            for position in (positions if table != "ledger_entry" else [positions[0], positions[len(positions) // 2], positions[-1]]):
                for column in columns:
                    # One bit of one byte of a text, one step of a number.
                    for row in sql(house, f"SELECT {column} FROM {table} WHERE position = {position}")[0]:
                        value = row[0]
                        if isinstance(value, int):
                            new = str(value + 1000)
                        elif value == "":
                            new = "' '"
                        else:
                            at = changes % len(value)
                            new = "'" + value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1:] + "'"
                            new = new if new.count("'") == 2 else "'x'"
                        sql(house, f"UPDATE {table} SET {column} = {new} WHERE position = {position}")
                        expect(not sound(house), f"unseen: {table}.{column} at {position}")
                        put_back(house, kept)
                        changes += 1
        expect(changes >= 36, f"only {changes} changes were tried")
        expect(sound(house), "what was put back is not sound")

        entries = sql(house, "SELECT COUNT(*) FROM ledger_entry")[0][0][0]
        for position in (1, entries // 2, entries):
            sql(house, f"DELETE FROM ledger_entry WHERE position = {position}")
            expect(not sound(house), f"unseen: entry {position} is gone")
            put_back(house, kept)
        sql(house, f"DELETE FROM ledger_entry WHERE position > {entries - 3}")
        expect(not sound(house), "unseen: the tail is cut off")
        sql(house, "DELETE FROM ledger_checkpoint")
        expect(not sound(house), "unseen: the tail and all checkpoints are gone")
        put_back(house, kept)
        sql(house, "DELETE FROM ledger_root")
        expect(not sound(house), "unseen: the signed head is gone")
        put_back(house, kept)
        sql(house, "DELETE FROM ledger_entry", "DELETE FROM ledger_root", "DELETE FROM ledger_checkpoint", "DELETE FROM report_read",
            "DELETE FROM report_grant", "DELETE FROM attachment", "DELETE FROM message", "DELETE FROM note", "DELETE FROM report")
        expect(not sound(house), "unseen: everything is gone")
        for name in os.listdir(house.data):
            if name.startswith("tideline.db"):
                os.remove(os.path.join(house.data, name))
        expect(not sound(house), "unseen: the database is gone")
        put_back(house, kept)
        blob = next(os.path.join(root, name) for root, _, names in os.walk(os.path.join(house.data, "blobs")) for name in names)
        os.rename(blob, os.path.join(house.folder, "blob"))
        expect(not sound(house), "unseen: a file is gone")
        os.rename(os.path.join(house.folder, "blob"), blob)
        expect(sound(house), "the file is back, but not sound")

        # An old copy of everything is found with what was kept outside, and only with it.
        witness = os.path.join(house.folder, "checkpoint.json")
        house.start()
        house.report([("what", "The newest report")])
        house.stop()
        house.command("audit", "checkpoint", "--data", house.data, "--out", witness, check=True)
        expect(sound(house, "--checkpoint", witness), "the checkpoint does not fit the ledger that it was made of")
        put_back(house, kept)
        expect(sound(house), "an old copy by itself looks sound")
        expect(not sound(house, "--checkpoint", witness), "unseen: an old copy was restored")
        changed = json.load(open(witness))
        changed["position"] = 1
        json.dump(changed, open(witness, "w"))
        expect(not sound(house, "--checkpoint", witness), "unseen: the checkpoint was changed")

        # Exit codes: 1 when it cannot be checked, 64 for wrong words.
        open(witness, "w").write("{}")
        expect(house.command("audit", "verify", "--data", house.data, "--checkpoint", witness).returncode == 1, "no checkpoint at all")
        expect(house.command("audit", "verify", "--data", house.folder).returncode == 1, "no instance")
        expect(house.command("audit", "verify").returncode == 64, "wrong words")
        expect(house.command("audit", "verify", "--help").returncode == 0, "help")
        open(os.path.join(house.data, "tideline.db"), "wb").write(b"not a database" * 100)
        for name in ("tideline.db-wal", "tideline.db-shm"):
            if os.path.exists(os.path.join(house.data, name)):
                os.remove(os.path.join(house.data, name))
        expect(house.command("audit", "verify", "--data", house.data).returncode == 1, "a file that is no database")
        print(f"{changes} changes, and every removal, cut and rollback were found.")
    finally:
        house.close()


if __name__ == "__main__":
    try:
        run()
    except Failed as failure:
        print(f"FAILED: {failure}")
        sys.exit(1)
