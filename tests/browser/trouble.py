"""Pages that only trouble brings up, as the site makes them; a browser that is told to finds one at /trouble/503/."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.running import Site

NAMES = ("403", "404", "410", "413", "429", "500", "503")
RENDER = f"""
import json
from django.template.loader import get_template
from django.test import RequestFactory
asked = RequestFactory().get("/")
print(json.dumps({{name: get_template(name + ".html").render({{}}, asked) for name in {NAMES}}}))
"""


@dataclass(frozen=True)
class Trouble:
    pages: dict[str, str]  # HTML by name

    def show(self, page: Page, name: str) -> None:
        page.route("**/trouble/*/", lambda route: route.fulfill(body=self.pages[name], content_type="text/html"))
        page.goto(f"/trouble/{name}/")
        page.unroute("**/trouble/*/")


def rendered(site: Site) -> Trouble:
    return Trouble(json.loads(site.manage("shell", "--verbosity", "0", "-c", RENDER)))
