// What a form saves as a file is no page: the one with the button stays, and would go on saying that nobody exported.
const LOG = "export-log";
// The line is written before the first byte; on a slow network that is not at once.
const LOOKS_AFTER_MS = [500, 1500, 4000, 10000, 30000];

/** Takes over the list of exports as the server has it now. @returns {Promise<boolean>} whether it has changed */
async function refresh() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(LOG);
  const log = document.getElementById(LOG);
  if (!fresh || fresh.innerHTML === log.innerHTML) return false;
  log.replaceChildren(...fresh.childNodes);
  return true;
}

async function refreshSoon() {
  for (const pause of LOOKS_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    // A look that fails is followed by another one.
    if (await refresh().catch(() => false)) return;
  }
}

document.querySelector("[data-export]").addEventListener("submit", refreshSoon);
