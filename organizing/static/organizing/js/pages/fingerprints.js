// Fingerprints in groups of four, as people compare them. The gaps are style: what is copied has none.

/**
 * Fills an element with a fingerprint or hash; templatetags/fingerprints.py does the same on the server.
 * @param {HTMLElement} place
 * @param {string} text
 */
export function showFingerprint(place, text) {
  const groups = (text.match(/.{1,4}/g) ?? []).flatMap((group, index) => {
    const part = document.createElement("span");
    part.textContent = group;
    return index ? [document.createElement("wbr"), part] : [part];
  });
  place.classList.add("groups");
  place.replaceChildren(...groups);
}
