#!/usr/bin/env python3
"""The public process holds nothing that opens.

    public_alone.py BUILD_DIR

It runs where the index key does not exist, takes reports, lets reporters read and answer; and never opens the file with the
index key when it is there. On PostgreSQL the same with a role of its own, which staff cannot use."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import Desk, Failed, House, expect, postgresql_database  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])


def run(house, *public):
    """`public`: what the public process is started with beside."""
    try:
        desk = Desk(BUILD, house.data)
        desk.ask(do="found", staff=["Ana"], team="Reports")
        index_key = os.path.join(house.data, "keys", "index.key")
        hidden = os.path.join(house.folder, "index.key")
        os.rename(index_key, hidden)

        refused = house.command("serve", "--data", house.data, "--staff", "127.0.0.1:0", "--operations", "127.0.0.1:0", "--only", "staff")
        expect(refused.returncode == 1 and "index.key" in refused.stderr, f"the staff process must ask for its key: {refused.stderr}")

        house.start("--only", "public", *public)
        receipt = house.report([("what", "They keep her passport.")], [("letter.txt", b"Dear sister")])
        page = house.check(receipt)
        expect(page and "letter.txt" in page, "the reporter does not see their report")
        status, page = house.answer(page, "One thing more.")
        expect(status == 200 and "One thing more." in page, "the reporter cannot answer")
        expect(house.check("1" * 25) is None, "a wrong receipt opens something")

        # Nothing of staff is served, and the staff's port is not even open.
        import socket
        try:
            socket.create_connection(("127.0.0.1", house.staff), timeout=2).close()
            raise Failed("the public process listens for staff")
        except OSError:
            pass

        # With the key in its place again, the running process still holds no memory of it.
        os.rename(hidden, index_key)
        key = bytes.fromhex(open(index_key).read().strip())
        held = memory_of(house.server.pid)
        if held is None:
            print("(This machine does not let the test look into the memory of the process.)")
        else:
            expect(b"Leave this site now" in held, "the search finds nothing at all")
            expect(key not in held, "the index key is in the public process")
            expect(b"They keep her passport." not in held, "what was typed is still in the memory of the public process")
        report = desk.ask(do="list")["reports"][0]
        expect(desk.ask(do="open", report=report)["what"] == "They keep her passport.", "staff do not read the report")
        desk.leave()
        code, found = house.verify()
        expect(code == 0, f"audit verify: {found}")
    finally:
        house.close()


def sqlite():
    run(House(BUILD))
    print("The public process took, showed and answered without the index key.")


def postgresql():
    with postgresql_database(BUILD, role=True) as (owner, role, narrow):
        house = House(BUILD, database=owner)
        house.command("database", "allow-public", role, "--data", house.data, check=True)
        refused = house.command("serve", "--data", house.data, "--only", "staff", "--database", narrow, "--staff", "127.0.0.1:0", "--operations", "127.0.0.1:0")
        expect(refused.returncode == 1 and "permission denied" in refused.stderr, f"staff must not be served with the public role: {refused.stderr}")
        run(house, "--database", narrow)
    print("The same on PostgreSQL, with a role that sees one report at a time.")


def memory_of(pid):
    """All readable memory of a process, or nothing where that is not allowed."""
    try:
        whole = bytearray()
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                match = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
                if not match:
                    continue
                begin, end = (int(part, 16) for part in match.groups())
                try:
                    memory.seek(begin)
                    whole += memory.read(end - begin)
                except OSError:
                    continue
        return bytes(whole)
    except OSError:
        return None


if __name__ == "__main__":
    try:
        sqlite()
        postgresql()
    except Failed as failure:
        print(f"FAILED: {failure}")
        sys.exit(1)
