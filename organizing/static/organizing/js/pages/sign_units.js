// Finding one's part of the workplace among many: a field above the list leaves only what fits. Nothing is sent.
import { find } from "./sign_page.js";

const ENOUGH = 15;
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/**
 * @param {string} typed words in any order, accents or not
 * @param {string} name
 * @returns {boolean} whether the name has all of the words
 */
export function fits(typed, name) {
  const place = plain(name);
  return plain(typed).trim().split(/\s+/).every((word) => place.includes(word));
}

/** @type {{group: HTMLOptGroupElement|null, options: HTMLOptionElement[]}[]|null} */
let list = null;

const groupOf = (option) => option.closest("optgroup");
const nameOf = (group, option) => `${group?.label ?? ""} ${option.textContent}`;

/** The list as it came. Options that a browser hides stay in its list on some phones, so they are taken out. */
function remember(select) {
  const options = Array.from(select.options).slice(1);
  const groups = new Map();
  for (const option of options) {
    const key = groupOf(option) ?? option;
    if (!groups.has(key)) groups.set(key, { group: groupOf(option), options: [] });
    groups.get(key).options.push(option);
  }
  return Array.from(groups.values());
}

/** Leaves what fits, and what is chosen. */
function narrow(select, typed) {
  const [none] = select.options;
  const chosen = select.selectedOptions[0];
  let count = 0;
  const left = list.flatMap(({ group, options }) => {
    const fitting = options.filter((option) => fits(typed, nameOf(group, option)));
    count += fitting.length;
    const shown = options.filter((option) => option === chosen || fitting.includes(option));
    group?.replaceChildren(...shown);
    return shown.length && group ? [group] : shown;
  });
  select.replaceChildren(none, ...left);
  select.value = chosen?.value ?? "";
  return count;
}

/** Shows the field where the list is long. */
export function wireUnits() {
  const select = find("#unit");
  if (!select || select.options.length <= ENOUGH) return;
  list = remember(select);
  find("[data-unit-filter]").hidden = false;
  find("#unit-filter").addEventListener("input", ({ target }) => {
    const count = narrow(select, target.value);
    const box = find("[data-unit-found]");
    const sentence = count ? box.dataset.unitFound : box.dataset.unitFoundNone;
    box.textContent = target.value.trim() ? sentence.replace("{count}", String(count)) : "";
  });
}

/** Chooses a unit, also one that the field above has taken out. @param {string} [id] b64u, "" for none */
export function chooseUnit(id) {
  const select = find("#unit");
  if (!select) return;
  if (list) {
    find("#unit-filter").value = "";
    find("[data-unit-found]").textContent = "";
    narrow(select, "");
  }
  select.value = id ?? "";
}

/** @param {string} [id] @returns {string} what the page calls a unit, with the one above; "" where there is no list */
export function unitName(id) {
  const option = Array.from(find("#unit")?.options ?? []).find((one) => one.value === (id ?? ""));
  const above = option && groupOf(option)?.label;
  return [above, option?.textContent.trim()].filter(Boolean).join(" / ");
}
