"""The written format holds: other programs can read what we write."""

import json
from pathlib import Path

import pytest

from vault import cipher
from vault.errors import CannotDecrypt

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
PLACE = b"notes|text|row|owner"


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["what"])
def test_vectors(vector):
    key = cipher.Key(bytes.fromhex(vector["key"]))
    place, text = vector["place"].encode(), vector["text"].encode()
    sealed = bytes.fromhex(vector["sealed"])

    again = cipher.seal(key, cipher.pad(text), place=place, nonce=bytes.fromhex(vector["nonce"]))

    assert again == sealed
    assert cipher.unpad(cipher.unseal(key, sealed, place=place)) == text


def test_nonce_is_new_each_time():
    key = cipher.new_key()

    sealed = {cipher.seal(key, b"same", place=PLACE) for _ in range(50)}

    assert len(sealed) == 50


@pytest.mark.parametrize("at", [0, 1, 5, 20, -1])
def test_changed_byte_does_not_open(at):
    key = cipher.new_key()
    sealed = bytearray(cipher.seal(key, b"text", place=PLACE))
    sealed[at] ^= 1

    with pytest.raises(CannotDecrypt):
        cipher.unseal(key, bytes(sealed), place=PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + bytes(60), bytes(33)])
def test_not_a_sealed_value(sealed):
    with pytest.raises(CannotDecrypt):
        cipher.unseal(cipher.new_key(), sealed, place=PLACE)


@pytest.mark.parametrize("body", [b"", b"\x80", b"\x80\x00\x00", b"x" * 31, b"x" * 32, bytes(100)])
def test_padding_comes_off(body):
    padded = cipher.pad(body)

    assert len(padded) % cipher.BLOCK == 0
    assert cipher.unpad(padded) == body


def test_names_of_different_length_look_the_same():
    lengths = {len(cipher.pad(name.encode())) for name in ("", "Al", "Maria del Carmen Ortiz")}

    assert lengths == {32}


def test_key_is_not_shown():
    assert "material" not in repr(cipher.new_key())
