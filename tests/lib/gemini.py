"""A Gemini client that controls each record and segment it sends, and knows
exactly what came back: bytes, close_notify, FIN, reset or alert.

TLS runs in memory (ssl.MemoryBIO) over a plain non-blocking socket. It
follows no rules of its own: it sends what a case tells it to send.
"""

import re
import select
import socket
import ssl
import time

CLOSE_NOTIFY = "close_notify"
EOF = "end of TCP stream without close_notify"
RESET = "connection reset"
TIMEOUT = "still open at the deadline"

CONTENT_ALERT = 21
CONTENT_HANDSHAKE = 22
MESSAGE_NEW_TICKET = 4
MESSAGE_CERTIFICATE_REQUEST = 13
ALERT_CLOSE_NOTIFY = 0

HEADER_MAX = 1029
STATUSES = {10, 11, 20, 30, 31, 40, 41, 42, 43, 44, 50, 51, 52, 53, 59, 60,
            61, 62}
_RECV_SIZE = 65536
_HEADER = re.compile(
    rb"(?:[123][0-9] [^ \r\n][^\r\n]*|[456][0-9](?: [^ \r\n][^\r\n]*)?)\r\n")


class Reply:
    """What came on a connection, and how it ended."""

    def __init__(self, raw, closed, fin, seconds):
        self.raw = raw
        self.closed = closed
        self.fin = fin
        self.seconds = seconds
        head, mark, self.body = raw.partition(b"\r\n")
        self.header = head + mark
        self.status = int(head[:2]) if head[:2].isdigit() else None
        self.meta = head[3:].decode("utf-8", "replace")

    def __repr__(self):
        return (f"<{self.raw[:160]!r} ({len(self.raw)} bytes), {self.closed},"
                f" fin={self.fin}, {self.seconds:.2f} s>")

    @property
    def text(self):
        return self.body.decode("utf-8")


class Connection:
    """One connection. Every wait ends at one deadline, seconds after now."""

    def __init__(self, port, **options):
        """Connect over TCP only.

        Options: address, source (an address to come from), receive_buffer
        (bytes), seconds, sni, session, context (that of the session), and
        those of make_context.
        """
        self.deadline = time.monotonic() + options.pop("seconds", 10)
        self.begin = time.monotonic()
        self.sni = options.pop("sni", "localhost")
        self.session = options.pop("session", None)
        self.socket = _dial(port, options, self.deadline)
        self.messages = []
        self.context = options.pop("context", None) or make_context(**options)
        self.context._msg_callback = self._on_message
        self.inward, self.outward = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = self.context.wrap_bio(
            self.inward, self.outward, server_hostname=self.sni)
        if self.session:
            self.tls.session = self.session
        self.ended = None
        self.reset = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def _on_message(self, _tls, direction, _version, content, kind, data):
        self.messages.append((direction, int(content), int(kind), data))

    def received(self, content, kind):
        """The TLS messages of one kind that came, as raw bytes."""
        return [data for direction, c, k, data in self.messages
                if direction == "read" and (c, k) == (content, kind)]

    def alerts(self):
        """The alert codes that came, close_notify among them."""
        return [data[1] for direction, content, _, data in self.messages
                if direction == "read" and content == CONTENT_ALERT
                and len(data) >= 2]

    def handshake(self, segment=None):
        """Shake hands; raises ssl.SSLError or OSError when refused.

        segment cuts what is sent into TCP segments of so many bytes. The
        client's last flight is left queued: flush() or send() it.
        """
        while True:
            try:
                self.tls.do_handshake()
                return self
            except ssl.SSLWantReadError:
                self.flush(segment)
            self._fill()
            if self.ended:
                raise ConnectionError(self.ended)

    def queue(self, data, record=None):
        """Encrypt data into the outgoing queue, in records of record bytes."""
        for part in _parts(data, record):
            self.tls.write(part)
        return self

    def queue_close_notify(self):
        """Append a close_notify to the outgoing queue."""
        try:
            self.tls.unwrap()
        except (ssl.SSLWantReadError, ssl.SSLSyscallError):
            pass
        return self

    def flush(self, segment=None):
        """Send what is queued, whole or in TCP segments of so many bytes."""
        data = self.outward.read()
        if segment:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in _parts(data, segment):
            self._send(part)
        return self

    def send(self, data, record=None, segment=None):
        """Queue and flush."""
        return self.queue(data, record).flush(segment)

    def send_plain(self, data):
        """Send bytes beneath TLS."""
        self._send(data)
        return self

    def half_close(self):
        """Send a TCP FIN and keep reading."""
        self.socket.shutdown(socket.SHUT_WR)
        return self

    def read_some(self):
        """The next decrypted bytes; b"" when the stream is over."""
        while True:
            try:
                data = self.tls.read(_RECV_SIZE)
                if not data:
                    self.ended = CLOSE_NOTIFY
                return data
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLError as error:
                self.ended = self._end_of(error)
                return b""
            self._fill()
            if self.ended:
                return b""

    def _end_of(self, error):
        if isinstance(error, ssl.SSLZeroReturnError):
            return CLOSE_NOTIFY
        if self.inward.eof:
            return RESET if self.reset else EOF
        return f"TLS error {error.reason}"

    def read_reply(self):
        """All that comes until the end, and how it ended."""
        parts = []
        while part := self.read_some():
            parts.append(part)
        fin = self.ended == CLOSE_NOTIFY and self._saw_fin()
        seconds = time.monotonic() - self.begin
        return Reply(b"".join(parts), self.ended, fin, seconds)

    def read_plain_end(self):
        """Beneath TLS: (bytes, how it ended) up to the end of the stream."""
        data = b""
        while self._wait(read=True):
            try:
                part = self.socket.recv(_RECV_SIZE)
            except ConnectionError:
                return data, RESET
            if not part:
                return data, EOF
            data += part
        return data, TIMEOUT

    def _saw_fin(self):
        """After close_notify the server must close TCP by itself."""
        if self.inward.eof or self.reset:
            return not self.reset
        return self.read_plain_end()[1] == EOF

    def _wait(self, read=False, write=False):
        left = self.deadline - time.monotonic()
        ready = select.select([self.socket] if read else [],
                              [self.socket] if write else [], [], max(0, left))
        return ready[0] + ready[1]

    def _fill(self):
        """Take in what the server sent; sets ended when nothing may come."""
        if not self._wait(read=True):
            self.ended = TIMEOUT
        else:
            self._receive()

    def _receive(self):
        try:
            data = self.socket.recv(_RECV_SIZE)
        except BlockingIOError:
            return
        except ConnectionError:
            self.reset = True
            data = b""
        if data:
            self.inward.write(data)
        else:
            self.inward.write_eof()

    def _send(self, data):
        """Send all; nothing is read meanwhile."""
        view = memoryview(data)
        while view:
            if not self._wait(write=True):
                raise TimeoutError("the server takes no more bytes")
            try:
                view = view[self.socket.send(view):]
            except BlockingIOError:
                pass
            except ConnectionError:
                self.reset = True
                raise


def _dial(port, options, deadline):
    address = options.pop("address", "127.0.0.1")
    source = options.pop("source", None)
    buffer_size = options.pop("receive_buffer", None)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    plain = socket.socket(family, socket.SOCK_STREAM)
    if buffer_size:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_size)
    if source:
        plain.bind((source, 0))
    plain.settimeout(max(0.1, deadline - time.monotonic()))
    try:
        plain.connect((address, port))
    except OSError:
        plain.close()
        raise
    plain.setblocking(False)
    return plain


def _parts(data, size):
    if not size:
        return [data] if data else []
    return [data[i:i + size] for i in range(0, len(data), size)]


def make_context(minimum=ssl.TLSVersion.TLSv1_2,
                 maximum=ssl.TLSVersion.TLSv1_3, identity=None, alpn=None,
                 ciphers=None, groups=None):
    """A client context that verifies nothing and hides no missing end.

    identity: (certificate file, key file). OP_IGNORE_UNEXPECTED_EOF, which
    Python sets, would make a bare FIN look like close_notify.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    if minimum < ssl.TLSVersion.TLSv1_2:
        ciphers = ciphers or "ALL:@SECLEVEL=0"
    if ciphers:
        context.set_ciphers(ciphers)
    if groups:
        context.set_ecdh_curve(groups)
    context.minimum_version = minimum
    context.maximum_version = maximum
    if identity:
        context.load_cert_chain(*identity)
    if alpn:
        context.set_alpn_protocols(alpn)
    return context


def exchange(port, raw, **options):
    """Send raw bytes as the request and return the Reply."""
    with Connection(port, **options) as connection:
        try:
            connection.handshake().send(raw)
            return connection.read_reply()
        except ConnectionError:
            return connection.read_reply()


def get(port, path, host="localhost", **options):
    """Ask for gemini://host:port + path."""
    url = f"gemini://{host}:{port}{path}\r\n"
    return exchange(port, url.encode(), **options)


def check_grammar(reply):
    """Every rule of the reply header that holds for all replies."""
    header = reply.header
    assert _HEADER.fullmatch(header), f"header breaks the grammar: {reply}"
    assert len(header) <= HEADER_MAX, f"header too long: {len(header)}"
    assert reply.status in STATUSES, f"status not defined: {reply}"
    meta = header[3:-2].decode("utf-8")
    bad = [c for c in meta if c < " " or "\x7f" <= c <= "\x9f"]
    assert not bad, f"control characters in META: {reply}"
    assert not meta.endswith(" "), f"META ends with a space: {reply}"
    assert not meta.startswith("\ufeff"), f"META starts with a BOM: {reply}"
    if reply.status // 10 == 2:
        assert re.match(r"[\w.+-]+/[\w.+-]+(?: *;.*)?$", meta), f"{reply}"
    else:
        assert not reply.body, f"a body after a status without one: {reply}"
    return reply


def check_end(reply):
    """Each whole reply ends with close_notify, then the server's own FIN."""
    assert reply.closed == CLOSE_NOTIFY, f"wrong end: {reply}"
    assert reply.fin, f"no FIN from the server after close_notify: {reply}"
    return reply


def check_status(reply, *expected):
    """A grammatical, properly ended reply with one of the statuses."""
    assert reply.status in expected, f"wanted {expected}, got {reply}"
    check_grammar(reply)
    return check_end(reply)


def check_mute(reply):
    """Closed without any reply, but properly."""
    assert reply.raw == b"", f"wanted no bytes, got {reply}"
    return check_end(reply)
