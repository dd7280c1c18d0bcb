"""Keys, hashes and device names as plain values."""

import base64
import hashlib
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mehrwert.accounts.rules import (
    device_words,
    digest,
    is_key_valid,
    mqtt_hash,
    new_key,
    prefix_of,
)

NOW = 1_800_000_000_000_000
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def test_a_key_names_its_row_and_carries_256_random_bits():
    prefix, whole = new_key()
    assert prefix_of(whole) == prefix
    assert len(base64.urlsafe_b64decode(whole.split("_", 2)[2] + "=")) == 32


@given(st.text(max_size=300))
def test_what_is_no_key_has_no_prefix(text):
    assert prefix_of(text) == "" or text.startswith("mw_")


def test_the_stored_digest_is_sha256():
    assert digest("abc") == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize(
    ("expires", "until", "revoked", "valid"),
    [
        (None, None, None, True),
        (NOW + 1, None, None, True),
        (NOW, None, None, False),
        (None, NOW + 1, None, True),
        (None, NOW, None, False),
        (NOW + 9, NOW, None, False),
        (NOW + 9, None, NOW - 1, False),
    ],
)
def test_a_key_ends_by_time_by_rotation_and_by_hand(expires, until, revoked, valid):
    assert is_key_valid(NOW, expires_us=expires, valid_until_us=until, revoked_us=revoked) is valid


def test_the_mqtt_hash_has_the_parts_of_the_password_file():
    empty, kind, rounds, salt, made = mqtt_hash("geheim", b"0123456789ab").split("$")
    assert (empty, kind, rounds) == ("", "7", "101")
    assert base64.b64decode(salt) == b"0123456789ab"
    assert len(base64.b64decode(made)) == 64


def test_mosquitto_makes_the_same_hash_from_the_same_salt(tmp_path):
    file = tmp_path / "passwords"
    subprocess.run(
        ["mosquitto_passwd", "-b", "-c", str(file), "zaehler", "ein Geheimnis"],
        check=True,
        capture_output=True,
    )
    theirs = file.read_text().strip().split(":", 1)[1]
    _, _, rounds, salt, _ = theirs.split("$")
    ours = mqtt_hash("ein Geheimnis", base64.b64decode(salt), rounds=int(rounds))
    assert ours == theirs


@pytest.mark.parametrize(
    ("agent", "words"),
    [(FIREFOX, "Firefox, Windows"), (SAFARI, "Safari, iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_browser_is_named_in_two_words(agent, words):
    assert device_words(agent) == words
