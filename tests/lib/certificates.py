"""Client certificates of every kind a server must cope with."""

import os
import pathlib
import subprocess

_MAKE = pathlib.Path(
    os.environ.get("TOP_SRCDIR")
    or pathlib.Path(__file__).resolve().parents[2]) / "certs" / "make"


def make_identity(folder, kind, name="somebody"):
    """Make a self-signed pair: (certificate file, key file).

    kind is valid, expired or early; folder is a pathlib.Path, made when
    missing.
    """
    folder = folder / f"{kind}-{name}"
    subprocess.run([_MAKE, folder, name, kind], check=True,
                   stdin=subprocess.DEVNULL, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def describe(der):
    """What openssl prints about a certificate in DER."""
    done = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-noout", "-text"], input=der,
        capture_output=True, check=True)
    return done.stdout.decode()
