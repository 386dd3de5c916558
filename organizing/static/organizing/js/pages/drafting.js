// The writer's page: looks through the text while it is typed, keeps it, and takes commands from the keyboard.
import { Keeper } from "./drafting_keep.js";
import { listen, undoButtons } from "./drafting_keys.js";
import { Looker } from "./drafting_look.js";
import { cleanPastes, goToComment, showPassages, watchFields } from "./drafting_talk.js";

const FIELDS = ["title", "addressee", "demands", "body", "consent"];

const form = document.querySelector("[data-desk]");
const looker = new Looker(form, FIELDS);
const save = form.querySelector("[data-save]") ?? form.querySelector('[name="suggest"]');

looker.start();
const keeper = new Keeper(form);
keeper.start();
keeper.beforeOthers();
undoButtons(form);
cleanPastes();
watchFields(form);
showPassages(form);
listen({
  "mod+s": () => form.requestSubmit(save),
  "mod+alt+m": goToComment,
  "mod+alt+j": () => looker.next(),
});
