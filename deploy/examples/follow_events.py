#!/usr/bin/env python3
"""Follows the events of a province or a commune and prints one line for each. Needs pyzmq, and nothing of XaSo.

    follow_events.py tcp://127.0.0.1:7400 SERVER_PUBLIC_KEY reader.key position.json 38 [SERVICE]

The service is plans, where none is named; indicators and budget can be followed too.

The key file is one that `xaso key new` made, of an account with the role `subscriber`. The position is written after the lines:
started again it goes on without a hole, and a crash in between repeats lines (the sequence tells).
"""
import json, os, struct, sys, time, uuid
import zmq

server, server_key, key_file, position_file, unit, service = [*sys.argv[1:], "plans"][:6]
keys = dict(line.split() for line in open(key_file) if not line.startswith("#"))
WAIT, PATIENCE = 5_000, 8_000  # milliseconds: how long the server may wait for an event, and we for the server


def connect():
    socket = zmq.Context.instance().socket(zmq.DEALER)
    socket.linger = 0
    socket.curve_serverkey = server_key.encode()
    socket.curve_publickey, socket.curve_secretkey = keys["public"].encode(), keys["secret"].encode()
    socket.connect(server)
    return socket


def ask(socket, position):
    """One long poll: (code, what may be done after it, body), or None when nobody answers."""
    header = struct.pack(">3s5BQ16sIIQ", b"XSB", 1, 1, 0, 0, 0, 1, uuid.uuid4().bytes, PATIENCE, 0, 0)
    body = json.dumps({**position, "max": 500, "waitms": WAIT}).encode()
    socket.send_multipart([header, f"{service}.events {unit}".encode(), b"", body])
    if not socket.poll(PATIENCE):
        return None
    header, body = socket.recv_multipart()
    code, retry = struct.unpack_from(">HB", header, 32)
    return code, retry, json.loads(body)


position = json.load(open(position_file)) if os.path.exists(position_file) else {"after": 0}
socket = connect()
while True:
    answer = ask(socket, position)
    if answer is None or answer[1] in (1, 2):  # no answer, or: the same again, now or a little later
        socket.close()
        time.sleep(0.5)
        socket = connect()
    elif answer[1] == 3:  # 410: the stream is another one now
        position = {"after": 0}
    elif answer[0] != 200:
        sys.exit(f"{answer[0]} {answer[2]['text']['en']}")
    else:
        batch = answer[2]
        for event in batch["events"]:
            print(int(event["sequence"]), event["unit"], event["type"], event["subject"], flush=True)
        position = {"epoch": batch["epoch"], "after": batch["through"]}
        with open(position_file + ".new", "w") as file:
            json.dump(position, file)
        os.replace(position_file + ".new", position_file)
