// A change of language keeps the fragment, in which fingerprint and code stand: no server ever sees it.

/** @param {() => string} fragment what to put behind the links, with its "#" */
export function keepFragment(fragment) {
  for (const anchor of document.querySelectorAll("a[data-keep-fragment]")) {
    anchor.addEventListener("click", () => {
      anchor.hash = fragment();
    });
  }
}

if (document.getElementById("languages")) keepFragment(() => location.hash);
