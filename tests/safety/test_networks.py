"""Which network a request came from, in every form in which a proxy writes an address."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import RequestFactory

from organizing.safety.networks import client_network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:5678", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:5678", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("[2001:db8:1:2:3:4:5:6]:5678", "2001:db8:1:2::"),
        ("[2001:db8:1:2::]", "2001:db8:1:2::"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("_hidden", "unknown"),
    ],
)
def test_an_address_is_read_in_every_form(
    settings: LazySettings, address: str, network: str
) -> None:
    settings.TRUSTED_PROXIES = 0
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
    settings.TRUSTED_PROXIES = 1
    told = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=address or "?")
    assert client_network(told) == network


@pytest.mark.parametrize(
    ("trusted", "network"), [(0, "10.0.0.1"), (1, "192.0.2.3"), (2, "192.0.2.2"), (9, "192.0.2.1")]
)
def test_only_what_trusted_proxies_wrote_is_believed(
    settings: LazySettings, trusted: int, network: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    told = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1, 192.0.2.2, 192.0.2.3"
    )
    assert client_network(told) == network
