// What makes reading quicker where scripts run: filters that apply without a new page, keys, steps between places.
// Without this script every link and form on the pages does the same.

const main = document.getElementById("main");
const panel = () => document.getElementById("filters");
const isFolded = () => getComputedStyle(panel().querySelector("summary")).display !== "none";

// == Filters ==
// The page that a form or link leads to is fetched, and takes the place of this one part by part, so that focus and
// place stay.  Where the panel lies over the results, only the panel follows the ticks, until they are applied.

const PARTS = ["summary", "chips", "hits"];
let asked; // the request under way; a newer one ends it
let waiting; // the page that is to be applied

async function load(address) {
  asked?.abort();
  const request = (asked = new AbortController());
  const answer = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function replace(id, page) {
  const [here, there] = [document.getElementById(id), page.getElementById(id)];
  if (!here || !there) throw new Error(`no ${id}`);
  here.replaceChildren(...there.childNodes);
  here.hidden = there.hidden;
}

function replaceForm(page) {
  const active = document.activeElement;
  const named = active?.form?.id === "narrow" && active.name && [active.name, active.value, active.type];
  const caret = active?.selectionStart;
  const open = [...panel().querySelectorAll("details[open]")].map((each) => each.id);
  replace("narrow", page);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (!named) return;
  const fields = [...document.getElementById("narrow").elements];
  const again = fields.find((each) => each.name === named[0] && (each.value === named[1] || named[2] === "search"));
  again?.focus({ preventScroll: true });
  if (caret != null && named[2] === "search") again?.setSelectionRange(caret, caret);
}

function apply(page) {
  for (const id of PARTS) replace(id, page);
  const summary = panel().querySelector("summary");
  summary.textContent = page.querySelector("#filters > summary").textContent;
  // The box in the page's head keeps what is chosen.
  const box = document.querySelector("header .ask");
  for (const input of box.querySelectorAll("input[type=hidden]")) input.remove();
  box.append(...page.querySelectorAll("header .ask input[type=hidden]"));
  document.title = page.title;
}

function address(form, button) {
  const args = [...new FormData(form, button)].filter(([name, value]) => value || !name.startsWith("find."));
  return `${form.action}?${new URLSearchParams(args)}`;
}

function placeOfFocus() {
  const active = document.activeElement;
  return active?.form?.id === "narrow" ? active.getBoundingClientRect().top : undefined;
}

async function swap(to, { push = true, whole = !isFolded() } = {}) {
  main.setAttribute("aria-busy", "true");
  try {
    const page = await load(to);
    const top = placeOfFocus();
    replaceForm(page);
    waiting = undefined;
    if (whole) {
      apply(page);
      if (push) history.pushState({ swapped: true }, "", to);
    } else {
      waiting = [page, to];
      const button = panel().querySelector(".apply button");
      button.textContent = button.dataset.many.replace("{n}", page.querySelector("#summary b").textContent);
    }
    // What is ticked goes to the head of its group: the window goes with it.
    if (top !== undefined) scrollBy({ top: (placeOfFocus() ?? top) - top, behavior: "instant" });
  } catch (error) {
    if (error.name !== "AbortError") location.assign(to); // as without script
  } finally {
    main.removeAttribute("aria-busy");
  }
}

function applyWaiting() {
  const [page, to] = waiting;
  waiting = undefined;
  apply(page);
  history.pushState({ swapped: true }, "", to);
  panel().open = false;
  document.getElementById("hits").focus();
  document.getElementById("summary").scrollIntoView();
}

if (panel()) {
  let pause;
  main.addEventListener("change", (event) => {
    if (event.target.type === "checkbox" && event.target.form?.id === "narrow") swap(address(event.target.form));
  });
  main.addEventListener("input", (event) => {
    if (!("seek" in event.target.dataset) || event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(() => swap(address(event.target.form), { push: false }), 250);
  });
  main.addEventListener("submit", (event) => {
    if (event.target.id !== "narrow") return;
    event.preventDefault();
    if (waiting && event.submitter?.closest(".apply")) return applyWaiting();
    swap(address(event.target, event.submitter), { whole: !isFolded() || Boolean(event.submitter?.closest(".apply")) });
  });
  main.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-swap]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    swap(link.href, { whole: !isFolded() || !link.closest("#filters") });
  });
  history.replaceState({ swapped: true }, "");
  addEventListener("popstate", (event) => {
    if (event.state?.swapped) swap(location.href, { push: false, whole: true });
  });
}

// == Places in an entry: the one in view is the current one ==

const places = [...document.querySelectorAll("[data-occurrences] ol a")];
let current = places.findIndex((each) => each.hash === location.hash || each.hasAttribute("aria-current"));

function step(by) {
  if (!places.length) return;
  goTo(current < 0 ? (by > 0 ? 0 : places.length - 1) : (current + by + places.length) % places.length);
}

function goTo(at) {
  current = at;
  for (const [each, link] of places.entries()) each === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  places[at].scrollIntoView({ block: "nearest", inline: "nearest" });
  location.replace(places[at].hash); // no step of its own on the way back
}

for (const [at, link] of places.entries()) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goTo(at);
  });
}

for (const button of document.querySelectorAll("[data-step]")) {
  button.hidden = false;
  button.addEventListener("click", () => step(Number(button.dataset.step)));
}

// == Keys ==
// They can be switched off, are still where something is typed, and leave all keys with Ctrl, Alt or Meta alone.

const OFF = "keys-off";
const hits = () => [...document.querySelectorAll("#hits .hits h3 a, #hits .kwic .src")];

function move(by) {
  const all = hits();
  const at = all.indexOf(document.activeElement);
  all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
}

function toFilters() {
  if (!panel()) return;
  if (isFolded()) panel().open = true;
  panel().querySelector("form a, form input:not([type=hidden])")?.focus();
  panel().scrollIntoView({ block: "nearest" });
}

function help() {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    document.body.append(document.getElementById("keys").content.cloneNode(true));
    dialog = document.querySelector("dialog.keys");
    const box = dialog.querySelector("input");
    box.checked = !localStorage.getItem(OFF);
    box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  }
  dialog.showModal();
}

const KEYS = {
  "/": () => document.getElementById("q")?.select(),
  j: () => move(1),
  k: () => move(-1),
  f: toFilters,
  n: () => document.querySelector(".walk [rel=next]")?.click(),
  p: () => document.querySelector(".walk [rel=prev]")?.click(),
  "]": () => step(1),
  "[": () => step(-1),
  "?": help,
};

addEventListener("keydown", (event) => {
  const key = KEYS[event.key];
  if (!key || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog")) return;
  if (localStorage.getItem(OFF) && event.key !== "?") return;
  event.preventDefault();
  key();
});

for (const button of document.querySelectorAll("[data-keys]")) {
  button.hidden = false;
  button.addEventListener("click", help);
}
