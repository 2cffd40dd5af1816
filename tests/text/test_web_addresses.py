import pytest

from tips.text import links


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nhs.uk/conditions/back-pain/",
        "http://a.example:8080/x?y=1&z=2#part",
        "HTTPS://A.EXAMPLE",
        "https://en.wikipedia.org/wiki/Psoas_(muscle)",
        "https://bücher.example/straße",
    ],
)
def test_ordinary_web_addresses_are_links(address):
    assert links.is_web(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "javascript:alert(1)",
        "\u2028javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "http:/evil.example",
        "http:///evil.example",
        "https:\\\\evil.example",
        "https://good.example\\@evil.example",
        "https://nhs.uk@evil.example/",
        "https://user:word@evil.example/",
        "https://evil.example\t/",
        "https://evil.exa\nmple/",
        "https://evil.example/\u2028x",
        "https://evil.example/\u00a0x",
        "https://evil.example/\u202ex",
        "https://evil.example/\u200bx",
        "https://evil%2eexample/",
        "https://\uff45\uff56\uff49\uff4c.example/",
        "https://evil。example/",
        "https://2130706433/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[evil/",
        "https://localhost/",
        "https://evil.example:99999/",
        "https://evil.example:0/",
        "https://evil.example:x/",
        "https://a.example/" + "x" * 2_000,
    ],
)
def test_what_browsers_would_repair_is_no_link_t18(address):
    assert not links.is_web(address)
    assert not links.is_local(address)


def test_the_owner_links_within_the_site_and_to_people():
    assert all(map(links.is_local, ["/", "/search/?q=back+pain", "/warning-signs/#cauda-equina", "#notes", "#fn1"]))
    assert not any(map(links.is_local, ["search/", "//evil.example", "/\\evil.example", "/a b", "/\u2028", "/../\t/x"]))
    assert links.is_contact("mailto:olga@a.example")
    assert links.is_contact("tel:+44116123")
    assert not links.is_contact("mailto:a@b.example?bcc=c@d.example")
    assert not links.is_contact("tel:javascript")
