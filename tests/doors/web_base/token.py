"""A security key made of software, as a browser would speak for it."""

import json
import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

TOUCHED, ATTESTED = 0x01, 0x40


class Token:
    """One key; `counts` false for one that counts nothing, as fingerprints of telephones do."""

    def __init__(self, *, counts: bool = True) -> None:
        self.private, self.number, self.uses, self.counts = ec.generate_private_key(ec.SECP256R1()), os.urandom(32), 0, counts

    def _used(self) -> int:
        self.uses += self.counts
        return self.uses

    def make(self, asked: dict, *, origin: str) -> str:
        """What the browser answers when a key is added."""
        public = ES256.from_cryptography_key(self.private.public_key())
        own = AttestedCredentialData.create(Aaguid.NONE, self.number, public)
        data = AuthenticatorData.create(sha256(asked["rp"]["id"].encode()), TOUCHED | ATTESTED, self._used(), own)
        client = CollectedClientData.create("webauthn.create", asked["challenge"], origin)
        attested = AttestationObject.create("none", data, {})
        return self._said({"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)})

    def sign(self, asked: dict, *, origin: str) -> str:
        """What the browser answers at sign-in."""
        data = AuthenticatorData.create(sha256(asked["rpId"].encode()), TOUCHED, self._used())
        client = CollectedClientData.create("webauthn.get", asked["challenge"], origin)
        signature = self.private.sign(data + client.hash, ec.ECDSA(SHA256()))
        told = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._said({name: websafe_encode(value) for name, value in told.items()})

    def _said(self, response: dict) -> str:
        number = websafe_encode(self.number)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response, "clientExtensionResults": {}})
