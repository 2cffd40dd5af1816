// Comfort while writing. Every form here works without it.

/** Counts only near the limit; typing over it is allowed and explained. */
function count(line) {
  const box = document.getElementById(line.dataset.count);
  const limit = Number(line.dataset.limit);
  const show = () => {
    const left = limit - [...box.value].length;
    line.hidden = left > limit / 5;
    line.classList.toggle("over", left < 0);
    line.textContent = left < 0 ? `${-left} characters too many. Nothing is cut off; please shorten it a little.` : `Room for ${left} more characters.`;
  };
  box.addEventListener("input", show);
  show();
}

/** One press sends once; pressing again within five seconds does nothing. */
function sendOnce(form) {
  let last = 0;
  form.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - last < 5000) event.preventDefault();
    else last = now;
  });
  addEventListener("pageshow", () => { last = 0; });
}

/** Keeps a draft on the server (never in the browser): ten seconds after the last word, and when the page is left. */
function draft(form) {
  const note = form.querySelector("[data-draft-note]");
  let timer, dirty = false, busy = false, sent = false;
  const say = (words) => { if (note) note.textContent = words; };
  const keep = async () => {
    clearTimeout(timer);
    if (!dirty || busy || sent) return;
    dirty = false;
    busy = true;
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new URLSearchParams(fields), keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      say(`Draft kept at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}.`);
    } catch {
      dirty = true;
      say("The draft could not be kept just now. Your words are still on this page.");
    } finally {
      busy = false;
    }
  };
  form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(keep, 10000); });
  form.addEventListener("focusout", () => { if (dirty) { clearTimeout(timer); timer = setTimeout(keep, 1000); } });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) { sent = true; clearTimeout(timer); } });
  addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}

/** While a title is typed: pages that may already answer it, offered politely below. */
function similar(input) {
  const place = document.getElementById(input.dataset.similarIn);
  let timer, asked;
  const line = (item) => {
    const li = document.createElement("li");
    const a = document.createElement("a");
    const address = new URL(item.url, location.origin);
    a.href = address.pathname + address.hash;
    a.textContent = item.text ?? item.title;
    li.append(a);
    return li;
  };
  const show = (found) => {
    const list = document.createElement("ul");
    const words = document.createElement("p");
    words.textContent = "These pages may already help:";
    list.append(...found.slice(0, 5).map(line));
    place.replaceChildren(...(found.length ? [words, list] : []));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    if (input.value.trim().length < 10) return;
    timer = setTimeout(async () => {
      asked = new AbortController();
      try {
        const answer = await fetch(`${input.dataset.similar}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal, headers: { Accept: "application/json" } });
        const data = answer.ok ? await answer.json() : [];
        show((Array.isArray(data) ? data : data.suggestions ?? []).filter((item) => item.url));
      } catch { /* no suggestions is fine */ }
    }, 400);
  });
}

/** A private link carries its code behind the #, which never reaches a server; this puts it into the form and out of the address. */
function fromHash(input) {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  input.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  input.form?.querySelector("button")?.focus();
}

document.querySelector(".error-summary[autofocus]")?.focus();
document.querySelectorAll("[data-count]").forEach(count);
document.querySelectorAll("form[method=post]").forEach(sendOnce);
document.querySelectorAll("form[data-draft]").forEach(draft);
document.querySelectorAll("input[data-similar]").forEach(similar);
document.querySelectorAll("input[data-from-hash], input[name=code]").forEach(fromHash);
