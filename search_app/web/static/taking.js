// Taking away: copies a citation, and remembers what is ticked from one page of a search to the next.
// Without this script citations are selected as text, and what is ticked on one page is taken from it.

const KEY = "taken"; // ids ticked in this tab, in the order of ticking

// == Copying ==

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

async function copy(button) {
  const text = [...document.querySelectorAll(button.dataset.copy)].map((each) => each.textContent.trim()).join("\n");
  let done = true;
  try {
    await navigator.clipboard.writeText(text); // missing where the page came unencrypted
  } catch {
    const box = document.createElement("textarea");
    box.value = text;
    button.after(box);
    box.select();
    done = document.execCommand("copy");
    box.remove();
    button.focus();
  }
  if (!done) select(document.querySelector(button.dataset.copy));
  const said = document.getElementById("copied");
  said.textContent = "";
  said.textContent = done ? said.dataset.done : said.dataset.by;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

// == Ticking ==

const stored = () => {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  } catch {
    return new Set();
  }
};

function store(ids) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...ids]));
  } catch {} // full or forbidden: what is ticked here is still taken
}

const boxes = () => [...document.querySelectorAll("input[form=taken][name=id]")];
const form = () => document.getElementById("taken");

function show() {
  const here = form();
  if (!here) return;
  const most = Number(here.dataset.most);
  const ids = stored();
  for (const box of boxes()) {
    box.checked = ids.has(box.value);
    box.disabled = !box.checked && ids.size >= most;
  }
  const all = here.querySelector("[data-all]");
  const none = here.querySelector("[data-none]");
  if (all) all.hidden = boxes().every((box) => box.checked || box.disabled);
  none.hidden = !ids.size;
  const said = here.querySelector("[role=status]");
  said.textContent = ids.size ? (ids.size < most ? said.dataset.many : said.dataset.full).replace("{n}", ids.size) : "";
  here.classList.toggle("held", ids.size > 0);
}

function tick(changed, checked) {
  const ids = stored();
  for (const id of changed) checked ? ids.size < Number(form().dataset.most) && ids.add(id) : ids.delete(id);
  store(ids);
  show();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("input[form=taken][name=id]")) tick([event.target.value], event.target.checked);
});

document.addEventListener("click", (event) => {
  if (event.target.matches("#taken [data-all]")) tick(boxes().map((box) => box.value), true);
  if (event.target.matches("#taken [data-none]")) tick([...stored()], false);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#taken")) return; // `.id` is the boxes of that name
  for (const input of event.target.querySelectorAll("input[name=id]")) input.remove();
  const here = new Set(boxes().map((box) => box.value));
  for (const id of stored()) {
    if (here.has(id)) continue;
    const input = Object.assign(document.createElement("input"), { type: "hidden", name: "id", value: id });
    event.target.append(input);
  }
});

// The list of hits is replaced when a filter changes, and pages come back as they were left.
const hits = document.getElementById("hits");
if (hits) new MutationObserver(show).observe(hits, { childList: true });
addEventListener("pageshow", show);
