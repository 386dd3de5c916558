// Looks through a pasted post before anything is sent.
import { Looker } from "./drafting_look.js";

new Looker(document.querySelector("[data-start]"), ["post"]).start();
