"""Keys beside the database: made once, readable only for the owner, needed to open seals."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from mehrwert.base.secrets_file import read_or_create_secret, seal, unseal


def test_a_secret_is_made_once_and_kept(tmp_path):
    path = tmp_path / "neu" / "secret.key"
    first = read_or_create_secret(path)
    assert len(first) >= 43
    assert read_or_create_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_many_that_start_at_once_get_the_same(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        got = set(pool.map(lambda _: read_or_create_secret(tmp_path / "secret.key"), range(64)))
    assert len(got) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["secret.key"]


def test_a_sealed_text_opens_with_its_key_file_only(tmp_path):
    sealed = seal("Passwort", tmp_path / "a")
    assert "Passwort" not in sealed
    assert unseal(sealed, tmp_path / "a") == "Passwort"
    with pytest.raises(ValueError, match="another key file"):
        unseal(sealed, tmp_path / "b")
