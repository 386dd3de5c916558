// Builds the offline opener: organizing/static/organizing/build/opener.js, one classic script (modules are
// refused under file://), and opener-<language>.html, each with everything inside and a policy that lets
// nothing else in. The results are never committed.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const assets = `${root}organizing/static/organizing`;

const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const hashSource = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** @returns {Promise<string>} the bundled script */
async function bundle(entry, options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    minify: true,
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].text.trim();
}

const bundleScript = () =>
  bundle(`${assets}/js/pages/opener.js`, {
    format: "iife",
    target: ["es2022"],
    legalComments: "none",
    external: ["crypto", "node:crypto"],
  });

/** One pass: what was filled in is never read as a template again. Three braces: as it is, two: escaped. */
const fill = (template, values) =>
  template.replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_, raw, text) =>
    raw ? values[raw] : escapeHtml(values[text]),
  );

/**
 * @param {string} language
 * @param {{template: string, style: string, script: string, strings: Record<string, any>}} parts
 * @returns {string} the page
 */
export function page(language, { template, style, script, strings }) {
  const policy = `default-src 'none'; script-src ${hashSource(script)}; style-src ${hashSource(style)}; base-uri 'none'; form-action 'none'`;
  // "<" inside the data could close its element.
  const data = JSON.stringify(strings).replaceAll("<", "\\u003c");
  return fill(template, { ...strings, languageCode: language, policy, style, script, strings: data });
}

/** @returns {Promise<{script: string, pages: Record<string, string>}>} pages by language */
export async function buildOpener() {
  const [template, texts] = await Promise.all(
    [`${root}tools/opener.template.html`, `${assets}/js/pages/opener.strings.json`].map((path) =>
      readFile(path, "utf8"),
    ),
  );
  const [script, style] = await Promise.all([bundleScript(), bundle(`${assets}/css/opener.css`)]);
  const languages = Object.entries(JSON.parse(texts));
  const pages = languages.map(([language, strings]) => [
    language,
    page(language, { template, style, script, strings }),
  ]);
  return { script, pages: Object.fromEntries(pages) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { script, pages } = await buildOpener();
  await mkdir(`${assets}/build`, { recursive: true });
  await writeFile(`${assets}/build/opener.js`, `${script}\n`);
  for (const [language, html] of Object.entries(pages))
    await writeFile(`${assets}/build/opener-${language}.html`, html);
}
