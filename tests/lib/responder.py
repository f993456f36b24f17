"""A small TLS server that answers what a test tells it to, for testing the
program's own client. It checks nothing."""

import socket
import ssl
import threading

from certificates import make_identity

REQUEST_MAX = 1026


class Responder:
    """Answers each path with given raw bytes, and notes the requests.

    replies: {path: bytes}; PORT in them becomes the port. A reply that ends
    with CUT is sent without that mark and without close_notify.
    """

    CUT = b"<cut>"

    def __init__(self, folder, replies, name="localhost", port=0, trust=None):
        """trust: a certificate file of the only client identity known."""
        certificate, key = make_identity(folder, "valid", name)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        if trust:
            self.context.verify_mode = ssl.CERT_OPTIONAL
            self.context.load_verify_locations(trust)
        self.replies = replies
        self.requests = []
        self.peers = {}  # URL: the client's certificate, or None
        self.listener = socket.create_server(
            ("127.0.0.1", port), reuse_port=False)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        """Stop listening; the accepting thread ends by it."""
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()

    def url(self, path):
        return f"gemini://localhost:{self.port}{path}"

    def _accept(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain):
        plain.settimeout(10)
        try:
            with self.context.wrap_socket(plain, server_side=True) as tls:
                self._answer(tls)
        except OSError:
            plain.close()

    def _answer(self, tls):
        line = b""
        while not line.endswith(b"\r\n") and len(line) < REQUEST_MAX:
            part = tls.recv(REQUEST_MAX)
            if not part:
                return
            line += part
        url = line[:-2].decode()
        self.peers[url] = tls.getpeercert(True)
        self.requests.append(url)
        path = "/" + url.split("://", 1)[1].partition("/")[2]
        reply = self.replies.get(path.partition("?")[0], b"51 no\r\n")
        reply = reply.replace(b"PORT", str(self.port).encode())
        cut = reply.endswith(self.CUT)
        tls.sendall(reply[:-len(self.CUT)] if cut else reply)
        if not cut:
            tls.settimeout(0)
            tls.unwrap()
