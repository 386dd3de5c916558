// Builds organizing/static/organizing/js/vendor.js, the one module of third-party code, from the
// pinned packages of package-lock.json. The result is never committed.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

await build({
  absWorkingDir: root,
  entryPoints: ["tools/vendor_entry.mjs"],
  outfile: "organizing/static/organizing/js/vendor.js",
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  legalComments: "eof",
  // Only reached where globalThis.crypto is missing, which no supported browser or Node is.
  external: ["crypto", "node:crypto"],
  logLevel: "warning",
});
