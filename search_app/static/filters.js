// Applies a filter as soon as its box is ticked; without script the form's button does the same.
const form = document.getElementById("filters");
if (form) {
  form.addEventListener("change", () => form.requestSubmit());
}
