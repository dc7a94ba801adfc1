// Builds the console into console/dist: hashed names, nothing inline (the page is served under a strict
// content-security policy), and a .br and .gz beside each file so that the server never compresses.
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const compressible = /\.(?:html|js|css|svg)$/;

/** Writes the compressed twins of every text file of the bundle. */
function compressAssets(): Plugin {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  return {
    name: "compress-assets",
    apply: "build",
    enforce: "post",
    generateBundle: {
      // After all others: what they still change would be in the plain file only.
      order: "post",
      async handler(_options, bundle) {
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!compressible.test(fileName)) continue;
          const text = Buffer.from(file.type === "chunk" ? file.code : file.source);
          this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: await brotli(text, quality) });
          this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: await zip(text, { level: 9 }) });
        }
      },
    },
  };
}

/** The chosen theme is set by the first lines of the script; painting before it would flash the wrong one. */
function blockFirstPaint(): Plugin {
  return {
    name: "block-first-paint",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  };
}

/** The page behind the bare address: its file is asked for by the document, not by the script once it runs. */
const isFirstPage = (moduleId: string): boolean => moduleId.endsWith("src/pages/helm/helm-page.tsx");

function preloadFirstPage(): Plugin {
  return {
    name: "preload-first-page",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const first = Object.values(bundle).find((file) => file.type === "chunk" && file.moduleIds.some(isFirstPage));
        if (!first) throw new Error("nothing was built of the first page");
        return html.replace(
          "</head>",
          `  <link rel="modulepreload" crossorigin href="./${first.fileName}">\n  </head>`,
        );
      },
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  // What makes schemas must be told something before it makes the first, whoever comes first.
  resolve: { alias: [{ find: /^zod$/, replacement: join(import.meta.dirname, "src/page/schemas.ts") }] },
  plugins: [react(), tailwind(), blockFirstPaint(), preloadFirstPage(), compressAssets()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // What the first page needs in any case is one file: each costs a slow machine some milliseconds.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"], priority: 2 },
            { name: "helm", test: isFirstPage, priority: 1 },
          ],
        },
      },
    },
    // light-dark() is written as it stands.
    target: ["chrome123", "firefox120", "safari17.5"],
  },
});
