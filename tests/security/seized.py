#!/usr/bin/env python3
"""What a seized server gives away: nothing that anybody typed.

    seized.py BUILD_DIR

A hundred reports with words, names, file names and files of their own come in through the public form; staff with names of
their own answer and write notes; reporters answer back. Then everything that a thief of the disk gets is copied while the
server runs (database, its log, sealed files, configuration; not the keys that are kept elsewhere) and searched, byte by
byte, for every text in every form it could take. SQLite with its log, and PostgreSQL by its dump."""
import base64
import os
import random
import shutil
import subprocess
import sys
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import Desk, Failed, House, expect, postgresql_database  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
REPORTS = 100
SYLLABLES = ["ka", "mo", "ru", "ti", "ve", "so", "la", "ne", "wi", "po", "zu", "ha", "qe", "xi", "gy", "bo"]
SCRIPTS = ["", "ā", "奴役", "दास", "ทาส", "عبد"]


class Words:
    """Made-up words, each used once, and remembered with what they are."""

    def __init__(self):
        self.random = random.Random(20261124)
        self.typed = []

    def word(self, what, marks=True):
        text = "".join(self.random.choice(SYLLABLES) for _ in range(7)).capitalize()
        if marks:
            text += self.random.choice(SCRIPTS)
        self.typed.append((what, text))
        return text

    def number(self, what):
        text = "".join(self.random.choice("0123456789") for _ in range(11))
        self.typed.append((what, text))
        return text

    def receipt(self, digits):
        for separator in ("", " ", "-", "."):
            groups = separator.join(digits[i:i + 5] for i in range(0, 25, 5))
            self.typed.append(("receipt", groups))
        self.typed.append(("secret of a receipt", digits[6:24]))


def forms(text):
    """Every way in which a careless program could have written a text down."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        # Base64 of anything that holds the text: its three alignments, without the letters that depend on the neighbours.
        for shift in range(3):
            coded = base64.b64encode(b"\0" * shift + raw)
            inner = coded[0 if shift == 0 else shift + 1:len(coded) - 4]
            yield inner
            yield inner.replace(b"+", b"-").replace(b"/", b"_")
    yield text.lower().encode()
    yield text.upper().encode()
    yield urllib.parse.quote(text).encode()
    yield urllib.parse.quote(text).lower().encode()
    yield text.encode("unicode_escape")
    yield text[::-1].encode()


def fill(house, words):
    desk = Desk(house.build, house.data)
    staff = [words.word("name of staff") + " " + words.word("name of staff") for _ in range(2)]
    token = desk.ask(do="found", staff=staff, team=words.word("name of a team"))
    for email in token["emails"]:
        words.typed.append(("e-mail", email))
    house.start()
    receipts = []
    for i in range(REPORTS):
        answers = [("what", " ".join(words.word("narrative") for _ in range(8))), ("who", "someone"), ("danger", "unsure"),
                   ("people", words.word("name of a person")), ("place", words.word("place")), ("when", words.word("time")),
                   ("phones", words.number("phone")), ("businesses", words.word("business")), ("vehicles", words.word("vehicle")),
                   ("accounts", words.word("account")), ("contact", "yes"), ("contact_how", words.word("contact")),
                   ("contact_safe", words.word("contact"))]
        files = []
        if i % 2 == 0:
            content = (words.word("content of a file") + "\n").encode() * (1 if i % 4 else 5000)
            files.append((words.word("name of a file") + ".txt", content))
        receipts.append(house.report(answers, files))
        words.receipt(receipts[-1])
    for report in desk.ask(do="list")["reports"]:
        desk.ask(do="reply", report=report, text=words.word("reply"))
        desk.ask(do="note", report=report, text=words.word("note"))
    for receipt in receipts[:10]:
        page = house.check(receipt)
        expect(page, "a receipt does not open its report")
        status, _ = house.answer(page, words.word("answer"), [(words.word("name of a file") + ".jpg", words.word("content of a file").encode())])
        expect(status == 200, "an answer was not taken")
    return desk


def copy_of(house, to):
    """What lies on the disk, copied while the server runs; without the keys, which operations keep elsewhere."""
    shutil.copytree(house.data, to, ignore=shutil.ignore_patterns("keys"))
    for name in ("stderr",):
        shutil.copy(os.path.join(house.folder, name), os.path.join(to, name))


def files_of(folder):
    """Every file of a folder; their names are searched, too."""
    found = [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names]
    names = os.path.join(folder, "names-of-files")
    with open(names, "w") as file:
        file.write("\n".join(found))
    return [*found, names]


def search(files, texts, folder):
    """The texts of (what, text) that stand in the files in any form, and how many bytes were searched."""
    owners = []
    patterns = os.path.join(folder, "patterns")
    with open(patterns, "w") as file:
        for what, text in texts:
            for form in sorted(set(forms(text))):
                if len(form) >= 6:
                    owners.append(f"{what}: {text}")
                    file.write(form.hex() + "\n")
    lines = subprocess.run([os.path.join(BUILD, "tests", "test_search"), patterns, *files], check=True, capture_output=True, text=True).stdout.split("\n")
    numbers, searched = lines[:-2], lines[-2]
    return sorted({owners[int(number)] for number in numbers}), int(searched.split(" ")[1]), len(owners)


def check(name, files, words, folder):
    # The search itself is tried first: a text that is planted is found in every form.
    planted = ("planted", "Kamorutive奴役")
    for form in forms(planted[1]):
        path = os.path.join(folder, "planted")
        with open(path, "wb") as file:
            file.write(b"\0" * 50 + form + b"\xff" * 50)
        expect(search([path], [planted], folder)[0], f"the search does not find {form!r}")
    found, searched, forms_count = search(files, words.typed, folder)
    expect(searched > 500_000, f"{name}: only {searched} bytes to search")
    for line in found[:20]:
        print(f"{name}: FOUND {line}")
    expect(not found, f"{name}: {len(found)} texts are readable")
    print(f"{name}: {len(words.typed)} texts in {forms_count} forms, none of them in {searched} bytes", flush=True)


def sqlite():
    house = House(BUILD)
    try:
        words = Words()
        desk = fill(house, words)
        copy = os.path.join(house.folder, "copy")
        copy_of(house, copy)
        names = os.listdir(copy)
        expect("tideline.db" in names and "blobs" in names and "tideline.toml" in names and "keys" not in names, f"copied: {names}")
        check("SQLite with its log", files_of(copy), words, house.folder)
        # And it is all there for those who hold keys.
        opened = desk.ask(do="open", report=desk.ask(do="list")["reports"][0])
        typed = {text for _, text in words.typed}
        expect(all(word in typed for word in opened["what"].split(" ")), "the officer does not read what was typed")
        desk.leave()
        code, found = house.verify()
        expect(code == 0, f"audit verify: {found}")
    finally:
        house.close()


def postgresql():
    with postgresql_database(BUILD) as address:
        house = House(BUILD, database=address)
        try:
            words = Words()
            desk = fill(house, words)
            copy = os.path.join(house.folder, "copy")
            copy_of(house, copy)
            subprocess.run(["pg_dump", "-d", address, "-f", os.path.join(copy, "dump.sql")], check=True)
            check("PostgreSQL's dump and the sealed files", files_of(copy), words, house.folder)
            desk.leave()
            code, found = house.verify()
            expect(code == 0, f"audit verify: {found}")
        finally:
            house.close()


if __name__ == "__main__":
    try:
        sqlite()
        postgresql()
    except Failed as failure:
        print(f"FAILED: {failure}")
        sys.exit(1)
