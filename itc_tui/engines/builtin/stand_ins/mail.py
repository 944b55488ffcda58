"""A mail server on this machine, for code that sends letters through `smtplib`."""

from __future__ import annotations

import re

from itc_tui.engines.builtin.stand_ins.stand_in import Environment, Outside, StandIn
from itc_tui.engines.builtin.witnesses import Line

_SOURCE = '''\
@pytest.fixture
def mail_server(monkeypatch):
    """The letters that a mail server on this machine was handed; whoever connects reaches it."""
    letters = []

    class Talk(socketserver.StreamRequestHandler):
        def say(self, text):
            self.wfile.write(text.encode() + b"\\r\\n")

        def handle(self):
            self.say("220 loopback")
            sender, receivers = "", []
            for line in self.rfile:
                text = line.decode().strip()
                word = text[:4].upper()
                if word in ("EHLO", "HELO"):
                    self.say("250-loopback\\r\\n250 AUTH PLAIN LOGIN")
                elif word == "AUTH":
                    self.say("235 welcome")
                elif word == "MAIL":
                    sender = text.partition("<")[2].partition(">")[0]
                    self.say("250 yes")
                elif word == "RCPT":
                    receivers.append(text.partition("<")[2].partition(">")[0])
                    self.say("250 yes")
                elif word == "DATA":
                    self.say("354 go on")
                    raw = b"".join(iter(self.rfile.readline, b".\\r\\n"))
                    raw = raw.replace(b"\\r\\n", b"\\n")
                    mail = email.message_from_bytes(raw, policy=email.policy.default)
                    part = mail.get_body(("plain", "html"))
                    letters.append(
                        {
                            "from": sender,
                            "to": receivers,
                            "subject": str(mail["subject"] or ""),
                            "text": part.get_content() if part else "",
                        }
                    )
                    sender, receivers = "", []
                    self.say("250 taken")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        connect = smtplib.SMTP.connect

        def connect_here(client, *args, **named):
            return connect(client, *server.server_address)

        monkeypatch.setattr(smtplib.SMTP, "connect", connect_here)
        # No server for names is asked what this machine is called.
        monkeypatch.setattr(socket, "getfqdn", lambda name="": "localhost.localdomain")
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield letters
        server.shutdown()
        thread.join()'''
_CONNECTING = re.compile(r"\bSMTP(?:_SSL)?\(")
_IMPORTS = ("email", "email.policy", "pytest", "smtplib", "socket", "socketserver", "threading")


def mail(outside: Outside, _environment: Environment) -> StandIn | None:
    if outside.name != "smtplib":
        return None
    return StandIn(
        name="mail_server",
        source=_SOURCE,
        imports=tuple(f"import {name}" for name in _IMPORTS),
        sites=(*outside.lines, *_connecting(outside)),
        outside="smtplib",
        reason="Letters are handed over for real, to a mail server on this machine.",
        shows=(
            '[(letter["from"], letter["to"]) for letter in mail_server]',
            '[letter["subject"] for letter in mail_server]',
            '[letter["text"] for letter in mail_server]',
        ),
    )


def _connecting(outside: Outside) -> tuple[Line, ...]:
    """The making of a client connects already."""
    return tuple(
        (file, number)
        for file, text in outside.sources.items()
        for number, line in enumerate(text.splitlines(), 1)
        if _CONNECTING.search(line)
    )
