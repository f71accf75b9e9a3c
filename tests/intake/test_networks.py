"""Which network addresses may be asked for a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.intake.networks import is_public

NOT_PUBLIC = [
    pytest.param("0.0.0.0", id="this machine by no number"),  # noqa: S104
    pytest.param("0.1.2.3", id="this network"),
    pytest.param("10.1.2.3", id="private, class A"),
    pytest.param("100.64.0.1", id="shared by a carrier's customers"),
    pytest.param("100.100.100.200", id="metadata of a cloud within the shared range"),
    pytest.param("127.0.0.1", id="loopback"),
    pytest.param("127.255.255.254", id="the far end of loopback"),
    pytest.param("168.63.129.16", id="a cloud's own service behind a public number"),
    pytest.param("169.254.169.254", id="metadata of most clouds"),
    pytest.param("172.16.0.1", id="private, class B"),
    pytest.param("172.31.255.255", id="the far end of private class B"),
    pytest.param("192.0.0.192", id="metadata of another cloud"),
    pytest.param("192.0.2.1", id="documentation"),
    pytest.param("192.88.99.1", id="a relay of 6to4"),
    pytest.param("192.168.0.1", id="private, class C"),
    pytest.param("198.18.0.1", id="measuring"),
    pytest.param("224.0.0.1", id="multicast"),
    pytest.param("240.0.0.1", id="reserved"),
    pytest.param("255.255.255.255", id="broadcast"),
    pytest.param("::", id="no number, IPv6"),
    pytest.param("::1", id="loopback, IPv6"),
    pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
    pytest.param("::ffff:8.8.8.8", id="a mapped public number"),
    pytest.param("::127.0.0.1", id="an IPv4-compatible number"),
    pytest.param("64:ff9b::7f00:1", id="NAT64 of loopback"),
    pytest.param("64:ff9b:1::1", id="local NAT64"),
    pytest.param("100::1", id="discard"),
    pytest.param("2001:0:7f00:1::1", id="Teredo"),
    pytest.param("2001:20::1", id="ORCHID"),
    pytest.param("2001:db8::1", id="documentation, IPv6"),
    pytest.param("2002:7f00:1::1", id="6to4 of loopback"),
    pytest.param("2a00:1450::5efe:7f00:1", id="ISATAP of loopback"),
    pytest.param("2a00:1450::200:5efe:7f00:1", id="ISATAP of loopback, the other mark"),
    pytest.param("3fff::1", id="newer documentation"),
    pytest.param("fc00::1", id="unique local"),
    pytest.param("fd00:ec2::254", id="metadata over IPv6"),
    pytest.param("fe80::1", id="link-local"),
    pytest.param("fe80::1%lo", id="link-local with a zone"),
    pytest.param("2a00:1450::1%lo", id="a public number with a zone"),
    pytest.param("fec0::1", id="site-local"),
    pytest.param("ff02::1", id="multicast, IPv6"),
    pytest.param("4000::1", id="not yet given to anybody"),
    pytest.param("localhost", id="a name"),
    pytest.param("2130706433", id="a whole number"),
    pytest.param("0x7f000001", id="hexadecimal"),
    pytest.param("127.1", id="short"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("number", NOT_PUBLIC)
def test_number_when_not_of_the_public_internet_then_refused(number):
    assert is_public(number) is False


@pytest.mark.parametrize("number", ["8.8.8.8", "1.1.1.1", "172.15.0.1", "2606:4700::1111"])
def test_number_when_global_unicast_then_allowed(number):
    assert is_public(number) is True


@given(st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="fc00::/7"))
def test_number_when_of_a_private_network_then_never_allowed(number):
    assert is_public(str(number)) is False


@given(st.text(max_size=50))
def test_text_when_no_number_then_refused_without_a_fault(text):
    assert is_public(text) in {False, True}
