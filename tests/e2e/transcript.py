#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""A session at a VTY as an operator sees it: transcript.py PORT < lines. A line that ends in ? asks
for help and is then wiped; every other line is a command. Prints what comes back."""
import re
import socket
import sys


class Terminal:
    def __init__(self, port):
        self.s = socket.create_connection(("127.0.0.1", port), 5)
        self.s.settimeout(5)
        self.until_prompt()

    def until_prompt(self):
        """Everything up to a prompt at the end, without telnet's commands."""
        got = b""
        while True:
            got += self.s.recv(65536)
            text = re.sub(rb"\xff[\xfb-\xfe].", b"", got).replace(b"\r", b"").decode()
            # After help the line so far stands behind the prompt again.
            if re.search(r"(^|\n)[\w.-]+(\([\w-]+\))?[>#] [^\n]*$", text):
                return text

    def ask(self, line):
        if line.endswith("?"):
            self.s.sendall(line.encode())
            text = self.until_prompt()
            while text.count("\n") < 2:
                text += self.until_prompt()
            self.s.sendall(b"\x15")  # wipe the line
            return text
        self.s.sendall(line.encode() + b"\n")
        return self.until_prompt()


def main():
    t = Terminal(int(sys.argv[1]))
    for line in sys.stdin.read().splitlines():
        text = t.ask(line).replace("\x08", "")
        text = re.sub(r"(^|\n)[\w.-]+(\([\w-]+\))?[>#] [^\n]*$", "", text)  # the next prompt
        body = [x.rstrip() for x in text.split("\n")[1:]]
        while body and not body[-1]:
            body.pop()
        print("> " + line)
        for x in body:
            print(x)


if __name__ == "__main__":
    main()
