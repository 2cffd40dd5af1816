// Keys for those who read what waits. Every one of them presses something that can be seen on the page.

const rows = [...document.querySelectorAll("[data-row]")];

const at = () => rows.findIndex((row) => row.closest("li").contains(document.activeElement));

function step(by) {
  const next = rows[Math.min(Math.max(at() + by, 0), rows.length - 1)];
  next?.focus();
  next?.closest("li").scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = rows[at()]?.closest("li").querySelector("[type=checkbox]");
  if (box) box.checked = !box.checked;
}

/** Decisions that need a reason first lead to it; the second press of the key asks for the letter. */
function press(key) {
  const button = document.querySelector(`[data-key="${key}"]`);
  const reason = button?.form?.elements.reason;
  if (button?.name === "look" && reason && !reason.value && !button.form.elements.note.value) reason.focus();
  else button?.click();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, [type=text]")) return;
  const key = event.key;
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "s" && rows.length) tick();
  else if (key === "q" && !rows.length) location.assign("/moderation/");
  else if (/^[paednsuyr]$/.test(key)) press(key);
  else return;
  event.preventDefault();
});
