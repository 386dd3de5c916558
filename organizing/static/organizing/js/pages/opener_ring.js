// The ring of signature strokes, with no first and no last: the same hand as the site's own picture.
const SVG = "http://www.w3.org/2000/svg";
const SLOTS = 89;
// Neighbouring Fibonacci numbers spread the marked strokes evenly all round.
const STRIDE = 55;
const RADIUS = 92;
const LENGTH = 50;

/** Numbers from 0 to 1 that are the same for the same seed: a drawing, not a secret. */
function* wobble(seed) {
  let state = BigInt(seed) * 2654435761n;
  for (;;) {
    state = (state * 1664525n + 1013904223n) % 2n ** 32n;
    yield Number(state) / 2 ** 32;
  }
}

/** @returns {string} path data of a scribble along the x axis, like a name written quickly */
function scribble(seed, height) {
  const numbers = wobble(seed + 7);
  const next = () => numbers.next().value;
  const steps = 4 + Math.floor(next() * 4);
  const reach = LENGTH * (0.62 + 0.38 * next());
  let path = `M${RADIUS} 0`;
  for (let step = 1; step <= steps; step += 1) {
    const side = step % 2 ? height : -height;
    const back = (reach / steps) * (0.1 + 1.3 * next());
    const [x, y, rise] = [RADIUS + (reach * step) / steps, side * (next() - 0.45) * 0.5, side * (0.35 + 1.25 * next())];
    path += `C${[x - back, rise, x + back * 0.35, rise * 0.8, x, y].map((n) => n.toFixed(1)).join(" ")}`;
  }
  return path;
}

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

/** @returns {Set<number>} the places of the marked strokes: at least one where there is anything to mark */
function markedPlaces(part, whole) {
  const share = whole > 0 ? Math.round((SLOTS * part) / whole) : 0;
  const count = part > 0 ? Math.min(Math.max(share, 1), part < whole ? SLOTS - 1 : SLOTS) : 0;
  return new Set(Array.from({ length: count }, (_, i) => (i * STRIDE) % SLOTS));
}

/**
 * @param {{named: number, total: number, number: string, label: string}} picture number: written in the middle;
 *   label: read out
 * @returns {SVGSVGElement}
 */
export function ringPicture({ named, total, number, label }) {
  const ring = element("svg", {
    class: total > 0 ? "ring" : "ring ring--empty",
    viewBox: "-150 -150 300 300",
    role: "img",
    "aria-label": label,
  });
  const height = ((Math.PI * RADIUS) / SLOTS) * 0.85;
  const marked = markedPlaces(named, total);
  for (let slot = 0; slot < SLOTS; slot += 1) {
    const look = marked.has(slot) ? "ring__stroke ring__stroke--named" : "ring__stroke";
    ring.append(
      element("path", {
        class: look,
        transform: `rotate(${((slot * 360) / SLOTS).toFixed(2)})`,
        d: scribble(slot, height),
      }),
    );
  }
  const size = number.length > 6 ? 34 : 50;
  const text = element("text", {
    class: "ring__number",
    "text-anchor": "middle",
    y: size * 0.34,
    "font-size": size,
    direction: "ltr",
  });
  text.textContent = number;
  ring.append(text);
  return ring;
}
