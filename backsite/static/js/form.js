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
    if (event.submitter?.matches("[name=remove_photo], [data-download]")) return;
    if (now - last < 5000) event.preventDefault();
    else last = now;
  });
  addEventListener("pageshow", () => { last = 0; });
}

/** A small sum that costs a program which sends thousands more than it costs a person (guard/proof.py). Without it the form works as well. */
function prove(field) {
  const form = field.form, words = new TextEncoder();
  let begun = "";
  const solve = async () => {
    const token = form.elements.form_token?.value;
    if (!token || field.value || begun === token || !crypto.subtle) return;
    begun = token;
    const key = await crypto.subtle.importKey("raw", words.encode(token), "PBKDF2", false, ["deriveBits"]);
    for (let number = 0; number < 2000; number += 1) {
      const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: words.encode(String(number)), iterations: 2000 }, key, 32);
      if (new DataView(bits).getUint32(0) >>> 26 === 0) {
        field.value = String(number);
        return;
      }
    }
  };
  form.addEventListener("focusin", solve);
  form.addEventListener("input", solve);
}

/** Keeps a draft on the server (never in the browser): soon after a pause, and when the page is left. Tries again until it is kept. */
function draft(form) {
  const note = form.querySelector("[data-draft-note]");
  let timer, dirty = false, busy = false, sent = false;
  const say = (words) => { if (note) note.textContent = words; };
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(keep, wait); };
  const keep = async () => {
    clearTimeout(timer);
    if (!dirty || busy || sent) return;
    const fields = new FormData(form);
    for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
    const body = new URLSearchParams(fields);
    dirty = false;
    busy = true;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: String(body).length < 60000 });
      if (!answer.ok) throw new Error(String(answer.status));
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      say(fields.get("keep_no_draft") ? "No draft is kept on this computer." : `Draft kept at ${time}.`);
    } catch {
      dirty = true;
      say("The draft could not be kept just now. Your words are still on this page.");
    } finally {
      busy = false;
      if (dirty && !sent) later(10000);
    }
  };
  form.addEventListener("input", () => { dirty = true; later(3000); });
  form.addEventListener("change", () => { if (dirty) later(300); });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) { sent = true; clearTimeout(timer); } });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("online", () => keep());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}

/** Photos go up one by one as they are chosen; each that has arrived stands on the page and in the draft. */
function photos(box) {
  const input = box.querySelector("input[type=file]");
  const note = box.querySelector("[data-photo-note]");
  const form = box.closest("form");
  let room = Number(box.dataset.room);
  if (!input) return;
  const field = input.closest(".field");
  const touched = () => { form.dispatchEvent(new Event("input")); form.dispatchEvent(new Event("change")); };
  const add = (photo) => {
    const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
    const image = row.querySelector("img");
    Object.assign(image, { src: photo.src, width: photo.width, height: photo.height });
    row.querySelector("[name=photo]").value = photo.id;
    row.querySelector("[name=remove_photo]").value = photo.id;
    row.querySelectorAll("[id], [for], [aria-describedby]").forEach((each) => {
      for (const name of ["id", "for", "aria-describedby"]) if (each.hasAttribute(name)) each.setAttribute(name, each.getAttribute(name) + photo.id);
    });
    row.querySelector("legend").textContent = `Photo ${form.querySelectorAll("[name=photo]").length + 1}`;
    box.before(row);
    room -= 1;
    field.hidden = room < 1;
    touched();
  };
  const send = async (file) => {
    const body = new FormData();
    body.append("photo", file);
    const answer = await fetch(box.dataset.photos, { method: "POST", body });
    const said = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(said.said), { refused: answer.status === 422 });
    add(said);
  };
  /** As the server says it; the form carries the words along until they are dealt with. */
  const tell = (sentences, arrived) => {
    box.querySelectorAll("[name=photo_left_out]").forEach((each) => each.remove());
    box.append(...sentences.map((value) => Object.assign(document.createElement("input"), { type: "hidden", name: "photo_left_out", value })));
    box.querySelector("[data-without]").hidden = !sentences.length;
    field.classList.toggle("wrong", sentences.length > 0);
    field.querySelector(".error")?.remove();
    if (!sentences.length) return;
    const line = Object.assign(document.createElement("p"), { className: "error", id: `${input.id}_error`, textContent: [...sentences, arrived].join(" ") });
    line.setAttribute("role", "alert");
    input.before(line);
    input.setAttribute("aria-invalid", "true");
    field.hidden = false;
  };
  input.addEventListener("change", async () => {
    const files = [...input.files], chosen = files.slice(0, room), rest = new DataTransfer();
    const wrong = files.slice(room).map((file) => `${file.name} is left out: a page has room for four photos.`), arrived = [];
    let later = "";
    input.removeAttribute("aria-invalid");
    tell([], "");
    for (const [number, file] of chosen.entries()) {
      note.textContent = `Sending photo ${number + 1} of ${chosen.length}…`;
      try {
        await send(file);
        arrived.push(file.name);
      } catch (error) {
        if (error.refused) wrong.push(error.message);
        else {
          rest.items.add(file);
          later = error instanceof TypeError || error instanceof SyntaxError ? "Not every photo could be sent just now. They go with the page instead." : error.message;
        }
      }
    }
    const came = arrived.length ? `${arrived.join(", ")} ${arrived.length > 1 ? "have" : "has"} arrived.` : "";
    input.files = rest.files;
    note.textContent = later || (wrong.length || !came ? "" : `${came} Look above.`);
    tell(wrong, came);
    if (wrong.length) touched();
  });
}

/** "What helped most of all you tried?" offers what was ticked, and is asked once there is a choice. */
function mattered(select) {
  const show = () => {
    const ticked = new Set([...select.form.querySelectorAll("[name=tried]:checked")].map((each) => each.value));
    for (const option of select.options) option.hidden = option.disabled = option.value !== "" && !ticked.has(option.value);
    if (select.selectedOptions[0]?.disabled) select.value = "";
    select.closest(".field").hidden = ticked.size < 2;
  };
  select.form.addEventListener("change", (event) => { if (event.target.name === "tried") show(); });
  show();
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
    const kind = input.form.querySelector("[name=kind]:checked")?.value ?? "question";
    if (kind !== "question" || input.value.trim().length < 10) return;
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
  if (input.dataset.open !== undefined) input.form.requestSubmit();
  else input.form?.querySelector("button")?.focus();
}

/** What the browser says of its own clock: lessons come in the reader's morning. */
function zone(input) {
  input.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

// What a press brought here is asked for anew by those who come back to it or load it again; the server has kept the words.
if (document.querySelector("form[data-by-get]")) history.replaceState(null, "", location.href);
document.querySelector(".error-summary[autofocus]")?.focus();
document.querySelectorAll("[data-count]").forEach(count);
document.querySelectorAll("form[method=post]").forEach(sendOnce);
document.querySelectorAll("input[data-proof]").forEach(prove);
document.querySelectorAll("form[data-draft]").forEach(draft);
document.querySelectorAll("[data-photos]").forEach(photos);
document.querySelectorAll("input[data-similar]").forEach(similar);
document.querySelectorAll("select[name=main]").forEach(mattered);
document.querySelectorAll("input[data-from-hash], input[name=code]:not([type=hidden])").forEach((input) => {
  fromHash(input);
  addEventListener("hashchange", () => fromHash(input));
});
document.querySelectorAll("input[data-zone]").forEach(zone);
document.querySelector("form[data-at-once]")?.requestSubmit();
