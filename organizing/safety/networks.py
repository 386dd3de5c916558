"""Which network a request came from, for throttles alone; never stored."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_network(request: HttpRequest) -> str:
    """An IPv4 address or an IPv6 /64, seen past as many proxies as are trusted; in whatever form these write it."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        address = hops[-min(settings.TRUSTED_PROXIES, len(hops))].strip() or address
    try:
        parsed = ipaddress.ip_address(_without_port(address))
    except ValueError:
        return "unknown"
    if parsed.version == 6 and parsed.ipv4_mapped:
        # As a socket for both writes it: by the first 64 bits, all of them would be one network.
        parsed = parsed.ipv4_mapped
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _without_port(address: str) -> str:
    """“192.0.2.1:5678” and “[2001:db8::1]:5678” without what is not the address."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _colon, _port = address.partition(":")
    return host if address.count(":") == 1 else address
