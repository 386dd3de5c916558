// Loading the petition's manifest and holding it against the link.
import { linkWarning, parseManifest, readFragment, readText } from "../core/client.js";
import { b64u, equal } from "../core/encoding.js";
import { ProtocolError } from "../core/errors.js";
import { showFingerprint } from "./fingerprints.js";
import { NoConnection, fetchBytes } from "./sign_net.js";
import { alertBox, find } from "./sign_page.js";

const PAUSE = 4000;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function stubborn(load) {
  for (;;) {
    try {
      const value = await load();
      alertBox("load", false);
      return value;
    } catch (error) {
      if (!(error instanceof NoConnection)) throw error;
      alertBox("load");
      await sleep(PAUSE);
    }
  }
}

async function loadBoth({ manifestUrl, petition, language }) {
  const manifest = await parseManifest(await fetchBytes(manifestUrl));
  const text = await readText(manifest, language, await fetchBytes(`/p/${petition}/${language}/text`));
  return { manifest, text };
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** The page shows what the manifest fixed, not something else that the site put there. */
function showsText(text) {
  const consents = Array.from(document.querySelectorAll("[data-consent]"));
  if (consents.some((part) => part.dataset.consent !== text.consent[part.id.replace("consent-", "")])) return false;
  if (!find(".demands")) return true;
  const shown = [find(".head__title"), ...document.querySelectorAll(".demands__words")].map((part) => plain(part.textContent));
  return shown.join("\n") === [text.title, ...text.demands].map(plain).join("\n");
}

function showDifference(manifest, linkHash) {
  showFingerprint(find('[data-hash="link"]'), b64u(linkHash));
  showFingerprint(find('[data-hash="site"]'), b64u(manifest.hash));
  alertBox("different");
}

/** The fragment of the address, read before anything takes the code out of it. */
export const link = readFragment(location.hash);

/** Whether a slip's link was opened where the petition is open already: only the fragment changes then. */
export function isAnotherLink() {
  const { code, manifestHash, isDamaged } = readFragment(location.hash);
  const other = manifestHash && !(link.manifestHash && equal(manifestHash, link.manifestHash));
  return Boolean(isDamaged || other || (code && code !== link.code));
}

/**
 * Loads manifest and text, again and again while there is no connection.
 * @param {DOMStringMap} data of the element #signing
 * @param {Uint8Array|null} knownHash manifest hash of a record that was kept, if there is one
 * @returns {Promise<{manifest: import("../core/manifest.js").Manifest, text: {consent: Record<string, string>}}|null>}
 *   null where nothing may go on; the page then says why
 */
export async function loadPetition(data, knownHash) {
  try {
    const loaded = await stubborn(() => loadBoth(data));
    return checked(loaded, data, knownHash) ? loaded : null;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    alertBox("manifest");
    return null;
  }
}

function checked({ manifest, text }, data, knownHash) {
  const warning = linkWarning(manifest, link);
  if (warning === "different") {
    showDifference(manifest, link.manifestHash);
    return false;
  }
  alertBox("missing", warning === "missing");
  alertBox("damaged", warning === "damaged");
  const known = b64u(manifest.hash) === data.manifestHash && (!knownHash || equal(manifest.hash, knownHash));
  const agrees = known && showsText(text);
  alertBox("manifest", !agrees);
  return agrees;
}
