// Comfort on every page; nothing here is needed to read or to send.

const wide = matchMedia("(min-width: 70rem)");

/** The contents list: open beside the text, and one bone eased out for the part being read. */
function spine(nav) {
  const details = nav.querySelector("details");
  const links = new Map([...nav.querySelectorAll("a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const parts = [...links.keys()].map((id) => document.getElementById(decodeURIComponent(id))).filter(Boolean);
  const fit = () => { details.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);
  nav.addEventListener("click", (event) => { if (event.target.closest("a") && !wide.matches) details.open = false; });
  if (!parts.length) return;
  let waiting = false;
  const show = () => {
    waiting = false;
    const here = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? parts[0];
    for (const [id, link] of links) {
      if (id === here.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const soon = () => { if (!waiting) { waiting = true; requestAnimationFrame(show); } };
  addEventListener("scroll", soon, { passive: true });
  soon();
}

/** Notes on words: Escape puts them away; on a touch screen the first tap opens the note, the second follows the link. */
function terms() {
  let opened = null;
  addEventListener("keydown", (event) => { if (event.key === "Escape") document.body.classList.add("quiet-terms"); });
  for (const kind of ["focusin", "pointerover"]) {
    addEventListener(kind, (event) => { if (event.target.closest?.("a.term")) document.body.classList.remove("quiet-terms"); });
  }
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a.term");
    if (link && link !== opened && matchMedia("(hover: none)").matches && event.detail) {
      event.preventDefault();
      link.focus();
    }
    opened = link;
  });
}

const sorts = { article: "article", exercise: "exercise", term: "glossary", question: "question", tip: "tip", experience: "experience", warning: "warning sign", words: "search" };

async function ask(address, words, signal) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, { signal, headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).suggestions : [];
}

/** Suggestions under a search box: arrows, Home and End choose, Enter takes, Escape closes and then empties. */
function suggest(input) {
  const form = input.form;
  const list = document.createElement("ul");
  const said = document.createElement("p"); // how many there are, for those who hear the page
  let timer, asked, at = -1, items = [];
  Object.assign(said, { className: "vh" });
  said.setAttribute("aria-live", "polite");
  Object.assign(list, { className: "offers", id: `${input.id}-offers`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
  form.append(list, said);

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    at = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    said.textContent = "";
  };
  const take = (item) => {
    close();
    const { pathname, search, hash } = new URL(item.url, location.origin);
    location.assign(pathname + search + hash);
  };
  const show = (found) => {
    items = found.slice(0, 8);
    list.replaceChildren(...items.map((item, n) => {
      const line = document.createElement("li");
      Object.assign(line, { id: `${list.id}-${n}`, textContent: item.text });
      if (sorts[item.kind]) line.append(Object.assign(document.createElement("small"), { textContent: ` ${sorts[item.kind]}` }));
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
      return line;
    }));
    at = -1;
    list.hidden = !items.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    said.textContent = items.length ? `${items.length} suggestion${items.length === 1 ? "" : "s"}. Use the arrow keys.` : "No suggestions.";
  };
  const goTo = (place) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    const places = items.length + 1; // the box itself counts as place -1
    at = ((place + 1 + places) % places) - 1;
    const line = list.children[at];
    if (!line) { input.removeAttribute("aria-activedescendant"); return; }
    line.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    const words = input.value.trim();
    if (words.length < 2) { close(); return; }
    timer = setTimeout(() => {
      asked = new AbortController();
      ask(input.dataset.suggest, words, asked.signal).then(show, close);
    }, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); goTo(at + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); goTo(at - 1); }
    else if (event.key === "Home" && at >= 0) { event.preventDefault(); goTo(0); }
    else if (event.key === "End" && at >= 0) { event.preventDefault(); goTo(items.length - 1); }
    else if (event.key === "Enter" && items[at]) { event.preventDefault(); take(items[at]); }
  });
  input.addEventListener("blur", close);
}

/** A table wider than the page scrolls in a box of its own that the keyboard can reach. */
function box({ target: table }, watch) {
  if (table.scrollWidth <= table.clientWidth) return;
  watch.unobserve(table);
  const frame = document.createElement("div");
  Object.assign(frame, { className: "table", tabIndex: 0 });
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", table.caption?.textContent ?? "Table");
  table.replaceWith(frame);
  frame.append(table);
}

/** A private code gets a button that copies it, where the browser allows that. */
function copy(code) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet", textContent: "Copy the code" });
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent.trim());
    button.textContent = "Copied";
  });
  code.after(" ", button);
}

const widths = new ResizeObserver((seen) => seen.forEach((each) => box(each, widths))); // asks nothing before the page is drawn
document.querySelectorAll(".prose > table").forEach((table) => widths.observe(table));
document.querySelectorAll("nav.spine").forEach(spine);
document.querySelectorAll("input[data-suggest]").forEach(suggest);
if (document.querySelector("a.term")) terms();
document.querySelectorAll(".code").forEach(copy);
if (document.querySelector("form[method=post]")) import(document.querySelector("script[data-form]").dataset.form);
addEventListener("beforeprint", () => {
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  for (const place of document.querySelectorAll("[data-printed]")) place.textContent = `. Printed on ${day}.`;
});
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
