// Builds what the pages load into an ignored folder of the web application: `npm run build`.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Logger, compile } from 'sass'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const built = here('../src/concerted/web/static/')
let styles = ''
const mojImages = here('node_modules/@ministryofjustice/frontend/moj/assets/images/')

await rm(built, { recursive: true, force: true })
await mkdir(`${built}images`, { recursive: true })

for (const name of ['govuk', 'moj', 'concerted']) {
  const { css } = compile(here(`styles/${name}.scss`), {
    style: 'compressed',
    loadPaths: [here('node_modules'), here('.')],
    quietDeps: true,
    logger: Logger.silent // what others' styles warn their makers of; an error still ends the build
  })
  await writeFile(`${built}${name}.css`, css)
  styles += css
}

await build({
  entryPoints: [here('scripts/begin.js'), here('scripts/concerted.js')],
  outdir: built,
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2020',
  logLevel: 'warning'
})

// The icons that the styles draw, and no more: the Ministry's own marks are not ours to show.
for (const [, name] of styles.matchAll(/url\("?images\/([\w-]+\.svg)"?\)/g)) {
  await cp(`${mojImages}${name}`, `${built}images/${name}`)
}
await cp(here('images/icon.svg'), `${built}images/icon.svg`)
