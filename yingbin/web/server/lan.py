"""HTTPS on the office network: a local certificate authority, and a certificate for this machine's addresses.

Phones give camera and notifications only to pages over HTTPS. The authority's key stays in the data folder,
readable by its owner only; its certificate is handed out by QR and bound to private addresses.
"""

import ipaddress
import os
import socket
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

TEN_YEARS, A_YEAR, SOON = timedelta(days=3650), timedelta(days=397), timedelta(days=30)
INSIDE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16")


@dataclass(frozen=True)
class Lan:
    """What serving the office network takes: names, files, the authority's fingerprint.

    bare: the authority vouches for the machine's plain name too.
    """

    addresses: list[str]
    name: str
    bare: bool
    authority: Path
    certificate: Path
    key: Path
    fingerprint: str

    @property
    def names(self) -> list[str]:
        """Every name the certificate is for."""
        bare = [self.name] if self.bare else []
        return [*self.addresses, *bare, f"{self.name}.local", "localhost", "127.0.0.1"]

    @property
    def reached(self) -> str:
        """What phones call this machine."""
        return (self.addresses or [f"{self.name}.local"])[0]

    def address(self, port: int) -> str:
        """Where phones open the product."""
        return f"https://{self.reached}:{port}"

    def plain(self, port: int) -> str:
        """Where phones get the certificate."""
        return f"http://{self.reached}:{port}/"


def prepare(data: Path, addresses: list[str] | None = None) -> Lan:
    """Makes or keeps the authority, and a certificate for the machine's addresses of today."""
    folder = data / "lan"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = private_addresses() if addresses is None else addresses
    name = socket.gethostname().split(".")[0] or "yingbin"
    ca_key, ca = _authority(folder)
    lan = Lan(
        addresses=found,
        name=name,
        bare=name in _vouched(ca),
        authority=folder / "ca.crt",
        certificate=folder / "server.crt",
        key=folder / "server.key",
        fingerprint=fingerprint(ca),
    )
    if not _fits(lan):
        _certify(lan, ca_key, ca)
    return lan


def addresses() -> list[str]:
    """This machine's IPv4 addresses, the one towards the network first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
            found.append(str(probe.getsockname()[0]))
        except OSError:
            pass
    try:
        words = ["hostname", "-I"]
        said = subprocess.run(words, capture_output=True, text=True, check=False, timeout=5).stdout
        found += [a for a in said.split() if ":" not in a]
    except (OSError, subprocess.TimeoutExpired):
        pass
    return list(dict.fromkeys(found))


def private_addresses() -> list[str]:
    """Those of them that offices use."""
    return [a for a in addresses() if _is_private(a)]


def _is_private(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    # The first three: what offices use. The authority vouches for nothing outside these.
    return any(address in ipaddress.ip_network(n) for n in INSIDE[:3])


def _vouched(ca: x509.Certificate) -> set[str]:
    """The names the authority is bound to; a machine renamed since is reached by address or .local."""
    bound = ca.extensions.get_extension_for_class(x509.NameConstraints).value
    return {n.value for n in bound.permitted_subtrees or [] if isinstance(n, x509.DNSName)}


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 in pairs, as phones show it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _put(file: Path, text: bytes) -> None:
    made = file.with_suffix(".new")
    made.unlink(missing_ok=True)
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(text)
    made.replace(file)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """The house's own authority: made once for ten years, good for private addresses and local names."""
    key_file, file = folder / "ca.key", folder / "ca.crt"
    if key_file.exists() and file.exists():
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return key, x509.load_pem_x509_certificate(file.read_bytes())
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "迎宾 本机证书")])
    host = socket.gethostname().split(".")[0] or "yingbin"
    allowed: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(n)) for n in INSIDE]
    allowed += [x509.DNSName(n) for n in ("localhost", "local", host)]
    made = (
        _builder(name, name, key.public_key(), TEN_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(allowed, None), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _put(key_file, _pem(key))
    _put(file, made.public_bytes(serialization.Encoding.PEM))
    return key, made


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + lasts - timedelta(days=1))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _fits(lan: Lan) -> bool:
    """Whether the certificate there is still good for a month and for every address."""
    if not (lan.certificate.exists() and lan.key.exists()):
        return False
    there = x509.load_pem_x509_certificate(lan.certificate.read_bytes())
    names = there.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {str(n.value) for n in names}
    return set(lan.names) <= known and there.not_valid_after_utc - datetime.now(UTC) > SOON


def _certify(lan: Lan, ca_key: ec.EllipticCurvePrivateKey, ca: x509.Certificate) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "迎宾")])
    names = x509.SubjectAlternativeName([_general(n) for n in lan.names])
    public = ca_key.public_key()
    made = (
        _builder(subject, ca.subject, key.public_key(), A_YEAR)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    _put(lan.key, _pem(key))
    _put(lan.certificate, made.public_bytes(serialization.Encoding.PEM))


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
