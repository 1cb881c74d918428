"""A council's directory in small: an OpenID Connect provider on this machine, strict about what it is asked."""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "throughline-test", secrets.token_urlsafe(16)
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Directory:
    """person is what userinfo says; token and about alter the token's claims and the discovery document."""

    person: dict[str, Any]
    token: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    address: str = ""

    def get(self, path: str, query: dict[str, str], handler: BaseHTTPRequestHandler) -> None:
        """Answer discovery, the keys, the sign-in page (which lets everybody in) and userinfo."""
        if path == "/.well-known/openid-configuration":
            ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            about = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in ends.items()}
            _send(handler, 200, {**about, "issuer": self.address, "jwks_uri": f"{self.address}/keys"})
        elif path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
            _send(handler, 200, {"keys": [{**key, "kid": "one", "alg": "RS256", "use": "sig"}]})
        elif path == "/authorize" and query["client_id"] == CLIENT_ID and query["response_type"] == "code":
            code = secrets.token_urlsafe(8)
            self.codes[code] = query
            back = urlencode({"code": code, "state": query["state"]})
            handler.send_response(302)
            handler.send_header("Location", f"{query['redirect_uri']}?{back}")
            handler.end_headers()
        elif path == "/userinfo" and handler.headers["Authorization"] == "Bearer let-me-in":
            _send(handler, 200, self.person)
        else:
            _send(handler, 404, {})

    def post(self, path: str, form: dict[str, str], handler: BaseHTTPRequestHandler) -> None:
        """Give a token for a code, once, to the client who asked for it and can prove that it did."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT_ID, CLIENT_SECRET)
        if path != "/token" or not asked or not known or proof.decode().rstrip("=") != asked["code_challenge"]:
            _send(handler, 400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "sub": self.person["sub"], "iat": now, "exp": now + 60}
        token = jwt.encode({**claims, **self.token}, _KEY, algorithm="RS256", headers={"kid": "one"})
        _send(handler, 200, {"access_token": "let-me-in", "token_type": "Bearer", "id_token": token})


@contextmanager
def running(person: dict[str, Any]) -> Iterator[Directory]:
    """A directory that answers until the block ends."""
    directory = Directory(person)

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            directory.asked.append(parts.path)
            directory.get(parts.path, _flat(parts.query), self)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            directory.asked.append(self.path)
            directory.post(self.path, _flat(body), self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    directory.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield directory
    finally:
        server.shutdown()
        server.server_close()


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _send(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    data = json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)
