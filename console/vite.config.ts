// Builds the console into console/dist: hashed names, nothing inline (the page is served under a strict
// content-security policy), and a .br and .gz beside each file so that the server never compresses.
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
    async generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!compressible.test(fileName)) continue;
        const text = Buffer.from(file.type === "chunk" ? file.code : file.source);
        this.emitFile({ type: "asset", fileName: `${fileName}.br`, source: await brotli(text, quality) });
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: await zip(text, { level: 9 }) });
      }
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

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), tailwind(), blockFirstPaint(), compressAssets()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    // light-dark() is written as it stands.
    target: ["chrome123", "firefox120", "safari17.5"],
  },
});
