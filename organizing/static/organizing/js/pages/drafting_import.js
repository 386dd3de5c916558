// Reads a file on this device into the field: its text alone is sent, never its name or its dates.
const form = document.querySelector("[data-import]");
const chooser = form.querySelector("[data-choose]");

chooser.hidden = false;
chooser.querySelector("input").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) form.elements.text.value = await file.text();
});
