// Buttons above the text of a page in the admin: they write the Markdown, so that nobody has to know it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const text = document.querySelector("#id_source");
  if (!text) return;

  /** Put `words` in place of what is selected; the part from `from` to `to` of it is selected afterwards. */
  const put = (words, from = words.length, to = from) => {
    const start = text.selectionStart;
    text.setRangeText(words, start, text.selectionEnd, "end");
    text.setSelectionRange(start + from, start + to);
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const chosen = (otherwise) => text.value.slice(text.selectionStart, text.selectionEnd) || otherwise;
  const around = (mark, otherwise) => {
    const words = chosen(otherwise);
    put(`${mark}${words}${mark}`, mark.length, mark.length + words.length);
  };
  /** Blocks stand between empty lines. */
  const block = (words, from = 0, to = from) => {
    const before = text.value.slice(0, text.selectionStart);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(`${gap}${words}\n\n`, gap.length + from, gap.length + to);
  };
  const lines = (mark) => {
    const words = chosen("First\nSecond").split("\n").map((line, n) => mark(n) + line).join("\n");
    block(words, words.length);
  };
  const heading = (mark) => {
    const words = chosen("Heading");
    block(`${mark} ${words}`, mark.length + 1, mark.length + 1 + words.length);
  };
  const note = () => {
    const used = [...text.value.matchAll(/\[\^(\d+)\]/g)].map((found) => Number(found[1]));
    const number = Math.max(0, ...used) + 1;
    put(`[^${number}]`);
    const at = text.selectionStart;
    text.value = `${text.value.trimEnd()}\n\n[^${number}]: What the note says.\n`;
    text.setSelectionRange(at, at);
  };

  /** Ask for a few things in a box; `done` gets the form and says what is wrong, if anything. */
  const ask = (title, fields, done) => {
    const dialog = document.createElement("dialog");
    const form = document.createElement("form");
    const wrong = Object.assign(document.createElement("p"), { className: "wrong" });
    const menu = document.createElement("menu");
    const id = (name) => `editor-${name}`;
    Object.assign(dialog, { className: "editor-dialog" });
    dialog.setAttribute("aria-label", title);
    wrong.setAttribute("role", "alert");
    form.append(Object.assign(document.createElement("h2"), { textContent: title }));
    for (const [name, label, kind, needed] of fields) {
      form.append(
        Object.assign(document.createElement("label"), { textContent: label, htmlFor: id(name) }),
        Object.assign(document.createElement("input"), { id: id(name), name, type: kind, required: needed }),
      );
    }
    const away = Object.assign(document.createElement("button"), { type: "button", textContent: "Leave it" });
    menu.append(Object.assign(document.createElement("button"), { textContent: "Put it in" }), away);
    form.append(wrong, menu);
    dialog.append(form);
    document.body.append(dialog);
    away.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); text.focus(); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      wrong.textContent = await done(new FormData(form)) ?? "";
      if (!wrong.textContent) dialog.close();
    });
    dialog.showModal();
  };
  const link = () => {
    const words = chosen("");
    ask("A link", [["words", "The words that are linked: say where it leads", "text", true], ["address", "Its address", "text", true]], (said) => {
      put(`[${said.get("words")}](${said.get("address").trim()})`);
    });
    document.querySelector("#editor-words").value = words;
  };
  const video = () => ask(
    "A video",
    [["title", "Its title", "text", true], ["address", "Its address", "url", true], ["words", "What it shows, for who cannot see or hear it", "text", true]],
    (said) => { block(`[Watch: ${said.get("title")}](${said.get("address").trim()})\n\nWhat the video shows: ${said.get("words")}`); },
  );
  const picture = () => ask(
    "A picture",
    [["photo", "The picture", "file", true], ["alt", "What it shows, for who cannot see it", "text", true], ["caption", "A line below it (optional)", "text", false]],
    async (said) => {
      said.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
      const answer = await fetch("/desk/pictures/", { method: "POST", body: said, headers: { Accept: "application/json" } });
      const told = await answer.json().catch(() => ({ error: "That did not work. Please try again." }));
      if (told.error) return told.error;
      block(told.line);
    },
  );
  const table = "| What | Before | After |\n|--|--:|--:|\n| Forward bend | 7 | 3 |";

  const bar = document.createElement("div");
  bar.className = "editor-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Put into the text");
  for (const [label, act] of [
    ["Heading", () => heading("##")], ["Smaller heading", () => heading("###")],
    ["Bold", () => around("**", "bold")], ["Stress", () => around("*", "stressed")],
    ["Link", link], ["List", () => lines(() => "- ")], ["Numbers", () => lines((n) => `${n + 1}. `)],
    ["Table", () => block(table, 2, 6)], ["Note", note], ["Picture", picture], ["Video", video],
  ]) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", act);
    bar.append(button);
  }
  text.before(bar);
});
