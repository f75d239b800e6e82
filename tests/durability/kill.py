#!/usr/bin/env python3
"""kill -9 at any moment loses nothing that was acknowledged and leaves nothing half there.

    kill.py BUILD_DIR [ROUNDS]

Reporters send reports with files, write back and add files, and an officer replies, all at once; the server (and in some
rounds the officer's process) is killed at a random moment, and started again, 200 times. What a client saw acknowledged is
remembered by the client alone. At the end every acknowledged receipt must open its report with its words and files, every
acknowledged message must be in it, the officer must read it whole, and `tideline audit verify` must find nothing."""
import http.client
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from house import Desk, Failed, House, expect  # noqa: E402

BUILD = os.path.abspath(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
SENDERS = 2
BROKEN = (OSError, http.client.HTTPException)


class Remembered:
    """What clients saw acknowledged, and what they tried."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reports = []   # (receipt, words, [(file name, content)])
        self.messages = []  # (receipt, words, [file names])
        self.replies = []   # (report, text of the reply)
        self.tried = 0
        self.number = 0

    def next(self):
        with self.lock:
            self.number += 1
            self.tried += 1
            return self.number


def content(rng, number):
    return (f"file {number} ".encode() * 200_000)[:rng.choice([10, 70_000, 1_500_000])]


def sender(house, memory, rng, stop):
    while not stop.is_set():
        number = memory.next()
        words = f"report-{number}-" + "x" * rng.randint(1, 3000)
        files = [(f"name-{number}-{i}.bin", content(rng, number)) for i in range(rng.choice([0, 0, 1, 2]))]
        try:
            receipt = house.report([("what", words)], files)
        except BROKEN:
            continue
        except Failed:
            if stop.is_set():
                return
            raise
        with memory.lock:
            memory.reports.append((receipt, words, files))


def writer(house, memory, rng, stop):
    """Comes back with a receipt and writes."""
    while not stop.is_set():
        with memory.lock:
            chosen = rng.choice(memory.reports)[0] if memory.reports else None
        if chosen is None:
            time.sleep(0.02)
            continue
        number = memory.next()
        words = f"answer-{number}-" + "y" * rng.randint(1, 1000)
        files = [(f"name-{number}-0.bin", content(rng, number))] if rng.random() < 0.5 else []
        try:
            page = house.check(chosen)
            if page is None:
                raise Failed("an acknowledged receipt does not open while the server runs")
            status, after = house.answer(page, words, files)
        except BROKEN:
            continue
        if status == 200 and words in after:
            with memory.lock:
                memory.messages.append((chosen, words, [name for name, _ in files]))


def officer(desk, memory, rng, stop):
    """Replies to what is there, on the same data at the same time."""
    try:
        while not stop.is_set():
            reports = desk.ask(do="list")["reports"]
            if not reports:
                time.sleep(0.02)
                continue
            report = rng.choice(reports)
            text = f"reply-{memory.next()}-" + "z" * rng.randint(1, 500)
            desk.ask(do="reply", report=report, text=text)
            with memory.lock:
                memory.replies.append((report, text))
            time.sleep(0.05)
    except (Failed, BrokenPipeError, ValueError):
        pass  # the desk was killed


def guarded(work, failures, *arguments):
    try:
        work(*arguments)
    except Exception as error:  # a thread's failure is the test's
        failures.append(error)


def run():
    began = time.monotonic()
    rng = random.Random(int(os.environ.get("SEED", "20261124")))
    house = House(BUILD)
    failures = []
    try:
        desk = Desk(BUILD, house.data)
        token = desk.ask(do="found", staff=["Ana"], team="Reports")["token"]
        desk.leave()
        memory = Remembered()
        desk = None
        for number in range(ROUNDS):
            house.start()
            if desk is None:
                desk = Desk(BUILD, house.data)
                desk.ask(do="enter", token=token)
            stop = threading.Event()
            threads = [threading.Thread(target=guarded, args=(sender, failures, house, memory, random.Random(rng.random()), stop)) for _ in range(SENDERS)]
            threads.append(threading.Thread(target=guarded, args=(writer, failures, house, memory, random.Random(rng.random()), stop)))
            threads.append(threading.Thread(target=guarded, args=(officer, failures, desk, memory, random.Random(rng.random()), stop)))
            for thread in threads:
                thread.start()
            if number % 2 == 0:
                time.sleep(rng.uniform(0.05, 0.8))
            else:  # once something was acknowledged, however slow this machine is
                before, end = len(memory.reports) + len(memory.messages), time.monotonic() + 20
                while len(memory.reports) + len(memory.messages) == before and time.monotonic() < end and not failures:
                    time.sleep(0.01)
                time.sleep(rng.uniform(0, 0.2))
            stop.set()
            house.kill()
            if number % 3 == 0:
                desk.kill()
                desk = None
            for thread in threads:
                thread.join()
            expect(not failures, f"round {number + 1}: {failures}")
            if number % 50 == 49:
                code, found = house.verify()
                expect(code == 0, f"after {number + 1} kills, audit verify: {found['problems'][:5]}")
        killed = time.monotonic() - began

        expect(len(memory.reports) >= ROUNDS // 4 and memory.messages and memory.replies, "too little was acknowledged to say anything: "
               f"{len(memory.reports)} reports, {len(memory.messages)} messages, {len(memory.replies)} replies")
        code, found = house.verify()
        expect(code == 0, f"audit verify: {found['problems'][:5]}")

        house.start()
        if desk is None:
            desk = Desk(BUILD, house.data)
            desk.ask(do="enter", token=token)
        # The officer's side: every report there is opens whole, and each acknowledged one has its words and its files' bytes.
        stored = {}
        for report in desk.ask(do="list")["reports"]:
            opened = desk.ask(do="open", report=report)
            stored[opened["what"]] = opened
            stored[report] = opened
        for receipt, words, files in memory.reports:
            expect(words in stored, f"lost: an acknowledged report ({words[:30]}…)")
            there = {file["name"]: file["content"] for file in stored[words]["files"]}
            for name, bytes_sent in files:
                expect(there.get(name) == bytes_sent.decode(), f"lost or changed: file {name} of an acknowledged report")
        for receipt, words, names in memory.messages:
            report = stored[next(w for r, w, _ in memory.reports if r == receipt)]
            expect(words in report["messages"], "lost: an acknowledged message")
            expect(set(names) <= {file["name"] for file in report["files"]}, "lost: a file of an acknowledged message")
        for report, text in memory.replies:
            expect(text in stored[report]["messages"], "lost: a reply")
        # The reporter's side: every acknowledged receipt opens.
        spoken = {}
        for receipt, words, _ in memory.messages:
            spoken.setdefault(receipt, []).append(words)
        for receipt, words, files in memory.reports:
            page = house.check(receipt)
            expect(page, "an acknowledged receipt opens nothing")
            expect(all(name in page for name, _ in files), "a file is not listed for its reporter")
            expect(all(text in page for text in spoken.get(receipt, [])), "a message is not shown to its reporter")
        desk.leave()
        house.stop()
        code, found = house.verify()
        expect(code == 0, f"audit verify: {found['problems'][:5]}")
        print(f"{ROUNDS} times kill -9 in {killed:.0f} s: {memory.tried} things tried; {len(memory.reports)} reports with "
              f"{sum(len(files) for _, _, files in memory.reports)} files, {len(memory.messages)} answers and {len(memory.replies)} replies acknowledged; "
              f"all are whole ({time.monotonic() - began:.0f} s in all); {found['entries']} ledger entries verify.")
    finally:
        house.close()


if __name__ == "__main__":
    try:
        run()
    except Failed as failure:
        print(f"FAILED: {failure}")
        sys.exit(1)
