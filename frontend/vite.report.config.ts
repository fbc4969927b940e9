// The report's template: the same page in one file. Whoever makes a report puts its data where the comment `morava-data` stands.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

function template(): Plugin {
  return {
    name: "morava-report-template",
    enforce: "post",
    generateBundle(_options, bundle) {
      const page = bundle["index.html"];
      if (page !== undefined) page.fileName = "report.html";
    },
    transformIndexHtml: {
      order: "pre",
      handler: (html) => html.replace('<div id="morava"></div>', '<!--morava-data-->\n    <div id="morava"></div>'),
    },
  };
}

export default defineConfig({
  base: "./",
  plugins: [svelte(), viteSingleFile({ removeViteModuleLoader: true }), template()],
  build: {
    outDir: process.env.MORAVA_STATIC ?? "../src/morava/web/static",
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 2000,
  },
});
