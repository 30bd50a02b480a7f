// Suggestions below the search box: a combobox with a list, as the ARIA Authoring Practices Guide describes it.
// Without this script the box is a plain search box, and everything else works as well.

const PAUSE = 120; // milliseconds without a key before the archive is asked
const MOST = 10;

let boxes = 0;

class Combobox {
  constructor(input, { suggest, label, none, found, one, count }) {
    this.input = input;
    this.source = suggest;
    this.words = { none, found, one, count }; // the page's language says them
    this.options = [];
    this.active = -1;
    this.asked = "";
    const id = `suggestions-${++boxes}`;
    this.list = make("ul", { id, role: "listbox", class: "suggestions", "aria-label": label, hidden: "" });
    this.status = make("p", { role: "status", class: "unseen" });
    input.after(this.list, this.status);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-haspopup", "listbox"],
      ["aria-expanded", "false"],
      ["aria-controls", id],
    ]) input.setAttribute(name, value);
    input.addEventListener("input", (event) => event.isComposing || this.ask());
    input.addEventListener("compositionstart", () => this.close()); // the input method has a list of its own
    input.addEventListener("compositionend", () => this.ask());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.options.indexOf(option));
    });
  }

  ask() {
    clearTimeout(this.waiting);
    this.request?.abort(); // what it would answer is about a text that is no longer there
    this.waiting = setTimeout(() => this.fetch(this.input.value), PAUSE);
  }

  async fetch(text) {
    clearTimeout(this.waiting);
    this.request?.abort();
    if (!text.trim()) return this.close();
    const request = (this.request = new AbortController());
    try {
      const address = `${this.source}?${new URLSearchParams({ q: text, limit: MOST })}`;
      const answer = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.close();
      const { suggestions } = await answer.json();
      if (!request.signal.aborted && document.activeElement === this.input) this.show(suggestions);
    } catch {
      if (!request.signal.aborted) this.close(); // no suggestions is no fault of the search
    }
  }

  show(suggestions) {
    this.options = suggestions.map((each, at) => {
      const option = make("li", { id: `${this.list.id}-${at}`, role: "option", "aria-selected": "false" });
      option.dataset.url = each.url;
      option.append(
        make("span", { class: "what" }, each.label),
        " ",
        make("span", { class: "name" }, each.text),
        " ",
        make("span", { class: "count" }, each.count === 1 ? this.words.one : this.words.count.replace("{n}", each.count)),
      );
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.move(-1);
    this.expand(this.options.length > 0);
    this.status.textContent = this.options.length ? this.words.found.replace("{n}", this.options.length) : this.words.none;
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.waiting);
    this.request?.abort();
    this.move(-1);
    this.expand(false);
    this.status.textContent = "";
  }

  move(to) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = to;
    const option = this.options[to];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  pressed(event) {
    // 229: Safari says so, and no longer isComposing, of the key that ends a composition
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const open = !this.list.hidden;
    const last = this.options.length - 1;
    switch (event.key) {
      case "ArrowDown":
        if (open && !event.altKey) this.move(this.active >= last ? -1 : this.active + 1);
        else if (!open) this.fetch(this.input.value);
        break;
      case "ArrowUp":
        if (!open) return;
        if (event.altKey) this.close();
        else this.move(this.active < 0 ? last : this.active - 1);
        break;
      case "Enter":
        if (!open || this.active < 0) return this.close(); // the form is sent as it is
        this.take(this.active);
        break;
      case "Escape":
        this.close(); // what is yet to be answered, too
        if (!open) return;
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  take(at) {
    const { url } = this.options[at].dataset;
    this.close(); // who comes back finds the page as it was
    location.assign(url);
  }
}

function make(name, attributes, text) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  new Combobox(form.querySelector("input[type=search]"), form.dataset);
}
