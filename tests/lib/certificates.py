"""Client certificates of every kind a server must cope with, by openssl."""

import subprocess

_CONFIG = """
[ca]
default_ca = own
[own]
database = DIR/index.txt
serial = DIR/serial
new_certs_dir = DIR
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
"""
DATES = {
    "valid": ("20200101000000Z", "20491231235959Z"),
    "expired": ("20010101000000Z", "20020101000000Z"),
    "early": ("20480101000000Z", "20491231235959Z"),
}


def _openssl(*args):
    subprocess.run(["openssl", *map(str, args)], check=True,
                   stdin=subprocess.DEVNULL, capture_output=True)


def make_identity(folder, kind, name="somebody"):
    """Make a self-signed pair: (certificate file, key file).

    kind is a key of DATES; folder is a pathlib.Path, made when missing.
    """
    folder = folder / f"{kind}-{name}"
    folder.mkdir(parents=True)
    config, key = folder / "ca.conf", folder / "key.pem"
    request, certificate = folder / "request.pem", folder / "cert.pem"
    config.write_text(_CONFIG.replace("DIR", str(folder)))
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01\n")
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout",
             "-out", key)
    _openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-config",
             config, "-out", request)
    start, end = DATES[kind]
    _openssl("ca", "-batch", "-selfsign", "-config", config, "-keyfile", key,
             "-in", request, "-out", certificate, "-startdate", start,
             "-enddate", end, "-notext")
    return certificate, key


def describe(der):
    """What openssl prints about a certificate in DER."""
    done = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-noout", "-text"], input=der,
        capture_output=True, check=True)
    return done.stdout.decode()
