"""How soon a page stands still on a slow phone: Chromium at a quarter of its speed, 1.6 Mbit/s, 150 ms, nothing cached.

`python -m bench phone` prints the median of five cold visits: largest contentful paint and blocking time in
milliseconds, layout shift without a unit, as https://web.dev/articles/vitals defines them: what blocks before the
first contentful paint counts there, as time until that paint, and not as blocking time.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import arguments, chromium
from tests.browser.running import running

VISITS = 5
PAGES = {
    "home": "/",
    "article": "/articles/back-exercises/",
    "exercise": "/exercises/supported-standing-forward-bend/",
    "search": "/search/?q=psoas",
    "form": "/share/",
}
GOALS = {"lcp": 1200.0, "cls": 0.01, "tbt": 50.0}
# Milliseconds, and bytes a second.
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 94_000,
}
WATCH = """
window.seen = { lcp: 0, cls: 0, tbt: 0 };
new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.lcp = e.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) seen.cls += e.value; })
  .observe({ type: "layout-shift", buffered: true });
window.long = [];
new PerformanceObserver((list) => { long.push(...list.getEntries()); }).observe({ type: "longtask", buffered: true });
"""
TOLD = """
() => {
  const first = performance.getEntriesByName("first-contentful-paint")[0].startTime;
  for (const e of long) seen.tbt += Math.max(0, e.startTime + e.duration - Math.max(e.startTime, first) - 50);
  return seen;
}
"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds, but for the shift."""

    lcp: float
    cls: float
    tbt: float


def visit(browser: Browser, url: str) -> Visit:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH)
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    seen = page.evaluate(TOLD)
    context.close()
    return Visit(**seen)


def middle(visits: list[Visit]) -> Visit:
    return Visit(*(median(getattr(each, name) for each in visits) for name in GOALS))


def main() -> dict[str, object]:
    table = {}
    with TemporaryDirectory() as home, running(Path(home)) as site, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=arguments())
        for name, path in PAGES.items():
            visit(browser, site.url + path)  # the server's first answer is not the visitor's
            table[name] = middle([visit(browser, site.url + path) for _ in range(VISITS)])
        browser.close()
    print("| page | LCP, ms | CLS | TBT, ms | missed |")
    print("|--|--|--|--|--|")
    for name, seen in table.items():
        missed = [goal for goal, most in GOALS.items() if getattr(seen, goal) > most]
        print(f"| {name} | {seen.lcp:.0f} | {seen.cls:.4f} | {seen.tbt:.0f} | {', '.join(missed) or 'none'} |")
    return {name: asdict(seen) for name, seen in table.items()}
