"""One message of very many frames: so many, of so many bytes each.

    bomb.py tcp://127.0.0.1:7400 SERVER_PUBLIC_KEY reader.key FRAMES BYTES
"""
import sys
import zmq

server, server_key, key_file, frames, size = sys.argv[1:]
keys = dict(line.split() for line in open(key_file) if not line.startswith("#"))
socket = zmq.Context.instance().socket(zmq.DEALER)
socket.linger = 0
socket.curve_serverkey = server_key.encode()
socket.curve_publickey, socket.curve_secretkey = keys["public"].encode(), keys["secret"].encode()
monitor = socket.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_DISCONNECTED)
socket.connect(server)
monitor.recv_multipart()
print("in", flush=True)
frame = bytes(int(size))
# libzmq sends nothing of a message before it has its last frame.
socket.send_multipart([frame] * int(frames), copy=False)
print("sent", flush=True)
# Thrown out, or the other side is gone.
monitor.recv_multipart()
print("out", flush=True)
