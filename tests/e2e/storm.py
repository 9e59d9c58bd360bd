#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Reconfigure a running vcgwd at random through its VTY.

    storm.py PORT SECONDS SEED DIR WILD...

WILD... is what may be stirred: `atm:LINK`, `fr:LINK`, `vc:LINK/VC`, `lns:NAME`, `client:NAME`,
`profile:NAME`; nothing else that the configuration has is touched. What the storm makes itself is
called storm-*, and all is as it was at the end. DIR takes captures and sockets.
"""
import random
import re
import socket
import sys
import time


class Vty:
    def __init__(self, port):
        self.sock = socket.create_connection(("127.0.0.1", port), 10)
        self.sock.settimeout(20)
        self.read()
        self.said = 0
        self.refused = 0
        self.say("enable")

    def read(self):
        got = b""
        while not re.search(rb"(^|\n)[A-Za-z0-9_-]+(\([a-z0-9-]+\))?[>#] $", got):
            more = self.sock.recv(65536)
            if not more:
                sys.exit("the daemon hung up after: %r" % got[-200:])
            got += re.sub(rb"\xff[\xfb-\xfe].", b"", more).replace(b"\r", b"").replace(b"\0", b"")
        return got.decode("latin1")

    def say(self, line):
        """One line; True when it was taken without a word."""
        self.sock.sendall(line.encode() + b"\r\n")
        answer = self.read().split("\n")[1:-1]
        self.said += 1
        bad = any(a.startswith("%") for a in answer)
        self.refused += bad
        return not bad

    def config(self, *lines):
        self.say("configure terminal")
        for line in lines:
            self.say(line)
        self.say("end")


class Storm:
    def __init__(self, vty, rnd, where, wild):
        self.v, self.r, self.dir = vty, rnd, where
        self.wild = wild

    def pick(self, kind):
        names = [w.split(":", 1)[1] for w in self.wild if w.split(":", 1)[0] == kind]
        return self.r.choice(names) if names else None

    def link(self):
        kind = self.r.choice(["atm", "fr"])
        name = self.pick(kind)
        return (kind, name) if name else (None, None)

    # What can happen. Each leaves nothing behind that restore() does not undo.

    def bounce_circuit(self):
        vc = self.pick("vc")
        if vc:
            link, n = vc.split("/")
            kind = "pvc" if "." in n else "dlci"
            self.v.config("link " + link, "%s %s" % (kind, n), "shutdown")
            time.sleep(self.r.choice([0, 0, 0.05, 0.3]))
            self.v.config("link " + link, "%s %s" % (kind, n), "no shutdown")

    def change_circuit(self):
        vc = self.pick("vc")
        if vc:
            link, n = vc.split("/")
            kind = "pvc" if "." in n else "dlci"
            line = self.r.choice(["l2tp hello 30", "l2tp rx-window 8", "l2tp data-sequencing",
                                  "l2tp data-length", "l2tp retries 7", "l2tp data-offset 4",
                                  "l2tp hide-avps", "next-header 0", "next-header 115",
                                  "max-sdu 4000", "encapsulation null"])
            self.v.config("link " + link, "%s %s" % (kind, n), line)
            time.sleep(self.r.choice([0, 0.03, 0.5]))
            word = " ".join(line.split()[:-1]) if line[-1].isdigit() else line
            undo = {"encapsulation null": "no encapsulation"}.get(line, "no " + word)
            self.v.config("link " + link, "%s %s" % (kind, n), undo)

    def bounce_link(self):
        _, name = self.link()
        if name:
            self.v.config("link " + name, "shutdown")
            time.sleep(self.r.choice([0, 0.03, 0.3]))
            self.v.config("link " + name, "no shutdown")

    def impair(self):
        _, name = self.link()
        if name:
            what = self.r.choice(["loss 1000", "bit-error 1000", "delay 20000", "rate 10000000", "rate 100000000"])
            self.v.config("link " + name, "impair " + what)
            time.sleep(self.r.choice([0, 0.1, 0.4]))
            self.v.config("link " + name, "no impair")

    def capture(self):
        _, name = self.link()
        if name:
            self.v.say("capture %s %s/storm-%s.pcap" % (name, self.dir, name))
            time.sleep(self.r.choice([0, 0.05, 0.3]))
            self.v.say("no capture " + name)

    def extra_circuit(self):
        kind, name = self.link()
        if name:
            vc = "pvc 1.%d" % self.r.randrange(32, 64) if kind == "atm" else "dlci %d" % self.r.randrange(200, 220)
            self.v.config("link " + name, vc, "security none", "l2tp lns nobody")
            time.sleep(self.r.choice([0, 0.03, 0.1]))
            self.v.config("link " + name, "no " + vc)

    def extra_link(self):
        medium = self.r.choice(["atm", "frame-relay"])
        name = "storm-%d" % self.r.randrange(4)
        vc = "pvc 0.100" if medium == "atm" else "dlci 100"
        self.v.config("link %s %s" % (name, medium),
                      "driver loop socket %s/%s.sock %s" % (self.dir, name, self.r.choice(["listen", "connect"])),
                      vc, "security none")
        time.sleep(self.r.choice([0, 0.03, 0.3]))
        self.v.config("no link " + name)

    def extra_group(self):
        n = self.r.randrange(4)
        self.v.config("lns storm-%d" % n, "tun storm-l%d" % n, "local-address 10.99.%d.1/24" % n,
                      "pool 10.99.%d.2 10.99.%d.9" % (n, n))
        time.sleep(self.r.choice([0, 0.03, 0.1]))
        self.v.config("no lns storm-%d" % n)

    def extra_client(self):
        n = self.r.randrange(4)
        self.v.config("client storm-%d" % n, "tun storm-c%d" % n, "user nobody")
        time.sleep(self.r.choice([0, 0.03, 0.1]))
        self.v.config("no client storm-%d" % n)

    def change_group(self):
        name = self.pick("lns")
        if name:
            self.v.config("lns " + name, "dns 10.64.0.%d" % self.r.randrange(1, 250))
            time.sleep(self.r.choice([0, 0.03]))
            self.v.config("lns " + name, "dns 10.64.0.1")

    def change_client(self):
        name = self.pick("client")
        if name:
            self.v.config("client " + name, "mru %d" % self.r.randrange(1300, 1500))
            time.sleep(self.r.choice([0, 0.03]))
            self.v.config("client " + name, "no mru")

    def change_profile(self):
        name = self.pick("profile")
        if name:
            self.v.config("ike profile " + name, "dpd interval %d retries 3" % self.r.randrange(5, 20))
            self.v.config("ike profile " + name, "no dpd" if self.r.random() < 0.5 else "replay-window 128")
            self.v.config("ike profile " + name, "dpd interval 10 retries 5", "no replay-window")

    def extra_profile(self):
        self.v.config("ike profile storm-1", "lifetime esp 600", "no esp aes256gcm16")
        self.v.config("no ike profile storm-1")

    def rekey(self):
        vc = self.pick("vc")
        if vc:
            self.v.say("rekey %s %s" % (vc, self.r.choice(["ike", "esp"])))

    def clear(self):
        vc = self.pick("vc")
        if vc:
            self.v.say(self.r.choice(["clear crypto sa ", "clear l2tp session "]) + vc)

    def show(self):
        self.v.say(self.r.choice(["show circuits", "show crypto ike sa", "show crypto ipsec sa", "show l2tp tunnel",
                                  "show l2tp session", "show ppp", "show links", "show running-config",
                                  "show discards", "show capture"]))

    def refused(self):
        _, name = self.link()
        if name:
            self.v.config("link " + name, "pvc 999.1", "dlci 3", "impair loss 2000000", "mtu 3")
        self.v.config("lns storm-none", "pool 10.0.0.9 10.0.0.1", "mru 3", "local-address 0.0.0.0/99")
        self.v.config("no lns storm-none")


def main():
    port, secs, seed, where = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    rnd = random.Random(seed)
    v = Vty(port)
    s = Storm(v, rnd, where, sys.argv[5:])
    deeds = [getattr(s, n) for n in sorted(Storm.__dict__)
             if n not in ("pick", "link") and not n.startswith("_")]
    end = time.monotonic() + secs
    n = 0
    while time.monotonic() < end:
        rnd.choice(deeds)()
        n += 1
    print("%d changes, %d lines, %d of them refused" % (n, v.said, v.refused))


main()
