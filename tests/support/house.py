"""The real server for tests: makes an instance, serves it on free ports of loopback, and speaks to it as people do."""
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import uuid


class Failed(Exception):
    """The server did not do what it had to."""


def expect(condition, sentence):
    if not condition:
        raise Failed(sentence)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for s in sockets:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def multipart(fields, files):
    """Body and content type. fields: (name, text); files: (field, file name, bytes)."""
    boundary = uuid.uuid4().hex
    body = bytearray()
    for name, value in fields:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() + b"\r\n"
    for field, name, content in files:
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode()
        body += content + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return bytes(body), f"multipart/form-data; boundary={boundary}"


def receipt_in(page):
    """The 25 digits on a receipt page, or nothing."""
    groups = re.findall(r'<span role="img" aria-label="[^"]*">(\d{5})</span>', page)
    return "".join(groups) if len(groups) == 5 else None


class Desk:
    """A member of staff: the process test_desk on the same data directory."""

    def __init__(self, build, data):
        self.process = subprocess.Popen([os.path.join(build, "tests", "test_desk"), data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **asked):
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        expect(line, "the desk is gone")
        answer = json.loads(line)
        if "error" in answer:
            raise Failed(f"{asked['do']}: {answer['error']}")
        return answer

    def kill(self):
        self.process.kill()
        self.process.wait()

    def leave(self):
        self.process.stdin.close()
        self.process.wait()


@contextlib.contextmanager
def postgresql_database(build, role=False):
    """A database of its own on the server that ctest started: its address; with `role` also that of a role of its own without rights."""
    with open(os.path.join(build, "postgres", "address")) as file:
        server = file.read().strip()
    name = "t" + uuid.uuid4().hex

    def sql(*commands, database="postgres"):
        for command in commands:
            subprocess.run(["psql", "-q", "-d", f"{server}/{database}", "-c", command], check=True)

    sql(f"CREATE DATABASE {name}", *([f"CREATE ROLE {name} LOGIN"] if role else []))
    try:
        yield (f"{server}/{name}", name, f"{server.replace('tideline@', name + '@')}/{name}") if role else f"{server}/{name}"
    finally:
        if role:
            sql(f"DROP OWNED BY {name}", database=name)
        sql(f"DROP DATABASE {name} WITH (FORCE)", *([f"DROP ROLE {name}"] if role else []))


class House:
    def __init__(self, build, database="", flood="source_burst = 1000000\nsource_per_minute = 1000000\nglobal_burst = 1000000\nglobal_per_minute = 1000000\n"):
        self.build = build
        self.folder = tempfile.mkdtemp(prefix="tideline-")
        self.data = os.path.join(self.folder, "data")
        self.binary = os.path.join(build, "tideline")
        more = ["--database", database] if database else []
        self.command("init", "--data", self.data, "--shares", "3", "--threshold", "2", *more, check=True)
        if flood:
            with open(os.path.join(self.data, "tideline.toml"), "a") as file:
                file.write("\n[flood]\n" + flood)
        self.public, self.staff, self.operations = free_ports(3)
        self.server = None

    def command(self, *words, check=False, **more):
        done = subprocess.run([self.binary, *words], capture_output=True, text=True, timeout=300, **more)
        if check:
            expect(done.returncode == 0, f"tideline {' '.join(words)}: {done.stderr}{done.stdout}")
        return done

    def start(self, *more, patience_s=30):
        self.server = subprocess.Popen(
            [self.binary, "serve", "--data", self.data, "--public", f"127.0.0.1:{self.public}", "--staff", f"127.0.0.1:{self.staff}",
             "--operations", f"127.0.0.1:{self.operations}", *more],
            stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.folder, "stderr"), "ab"))
        end = time.monotonic() + patience_s
        while time.monotonic() < end:
            if self.server.poll() is not None:
                raise Failed("the server ended: " + open(os.path.join(self.folder, "stderr")).read())
            try:
                socket.create_connection(("127.0.0.1", self.operations), timeout=1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise Failed("the server does not start")

    def kill(self):
        """kill -9 of the process that start() made."""
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def stop(self):
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(timeout=30)

    def close(self):
        if self.server is not None and self.server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def post(self, path, fields, files=None, timeout=60):
        """The status and the page."""
        if files is None:
            body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = multipart(fields, files)
        connection = http.client.HTTPConnection("127.0.0.1", self.public, timeout=timeout)
        try:
            connection.request("POST", path, body, {"Content-Type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def report(self, answers, files=(), language="en"):
        """Sends a whole report at once; its receipt."""
        status, page = self.post(f"/{language}/send", [*answers, ("go", "send")], [("files", name, content) for name, content in files])
        receipt = receipt_in(page)
        expect(status == 200 and receipt, f"no receipt: {status}\n{page[:3000]}")
        return receipt

    def check(self, receipt, language="en"):
        """Opens a receipt; the page of the conversation, or nothing."""
        status, page = self.post(f"/{language}/check", [("receipt", receipt), ("go", "open")])
        return page if status == 200 and 'name="state"' in page else None

    def answer(self, conversation, text, files=(), language="en"):
        """Writes back from a conversation's page; the page after."""
        state = re.search(r'name="state" value="([^"]*)"', conversation).group(1)
        return self.post(f"/{language}/answer", [("state", state), ("message", text), ("go", "send")], [("files", name, content) for name, content in files])

    def verify(self, *more):
        done = self.command("audit", "verify", "--data", self.data, "--json", *more)
        return done.returncode, json.loads(done.stdout) if done.stdout else {"problems": [done.stderr]}
