"""A mail server with STARTTLS and login, and an HTTP receiver that checks signatures. Both do to each message what the
next word of their list says: ok, refuse, slow, drop (after it has it), cut (before it has it). After the list: ok.

usage: receivers.py FOLDER MAIL_PORT HTTP_PORT MAIL_WORDS HTTP_WORDS
Says `ready MAIL_PORT HTTP_PORT`, then a line of JSON for each message that it has; ends with its standard input."""
import asyncio, email, email.policy, hashlib, hmac, json, logging, random, socket, ssl, sys, threading, time, warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from aiosmtpd.smtp import SMTP, AuthResult

# Clients that break off are what it is for: their tracebacks would bury those of a test that fails.
logging.disable()
warnings.simplefilter("ignore")

folder, mail_port, http_port = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
words = {"mail": sys.argv[4].split(","), "http": sys.argv[5].split(",")}
secret = open(folder + "/secret", "rb").read().strip()
password = open(folder + "/password", "rb").read().strip()
lock = threading.Lock()


def next_word(kind):
    with lock:
        return words[kind].pop(0) if words[kind] else "ok"


def say(message):
    with lock:
        print(json.dumps(message), flush=True)


class Mail:
    async def handle_MAIL(self, server, session, envelope, address, options):
        session.word = next_word("mail")
        if session.word == "cut":
            server.transport.abort()
            return "421 gone"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if session.word == "refuse":
            return "451 4.3.0 try again later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        part = {p.get_content_type(): p.get_content() for p in message.walk() if p.get_content_maintype() == "text"}
        say({"kind": "mail", "id": message["Message-ID"], "to": envelope.rcpt_tos, "subject": message["Subject"],
             "headers": sorted(set(message.keys())), "plain": part.get("text/plain"), "html": part.get("text/html")})
        if session.word == "drop":
            server.transport.abort()
            return "421 gone"
        if session.word == "slow":
            await asyncio.sleep(1.5)
        return "250 OK"


class Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        word = next_word("http")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if word == "cut":
            return self.connection.close()
        if word == "refuse":
            return self.send_error(503)
        at = self.headers["X-XaSo-Time"]
        wanted = hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()
        is_right = hmac.compare_digest("sha256=" + wanted, self.headers["X-XaSo-Signature"])
        is_fresh = abs(time.time() - int(at)) < 300
        say({"kind": "http", "id": self.headers["X-XaSo-Letter"], "signed": is_right and is_fresh,
             "body": json.loads(body)["id"]})
        if word == "drop":
            return self.connection.close()
        if word == "slow":
            time.sleep(1.5)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        pass


def let_in(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"xaso" and data.password == password)


def free_port():
    """Below those that the kernel gives to whoever asks for any: it is wanted again after a pause."""
    for port in random.sample(range(20000, 32000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                pass
    raise OSError("no port is free")


async def main():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
    loop = asyncio.get_running_loop()
    mail = await loop.create_server(
        lambda: SMTP(Mail(), tls_context=tls, require_starttls=True, authenticator=let_in, auth_required=True,
                     auth_require_tls=True), "127.0.0.1", mail_port or free_port())
    http = ThreadingHTTPServer(("127.0.0.1", http_port or free_port()), Hook)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    print("ready", mail.sockets[0].getsockname()[1], http.server_address[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
