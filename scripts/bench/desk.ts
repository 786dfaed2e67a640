// The desk in a browser: `tsx scripts/bench/desk.ts [samples]`. From the press of a key to the frame in which the next
// sample's picture and captions are painted, on the built app, with pictures from the disk and a decision for every press.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { freshHome } from '@/lib/testing'
import { builtApp } from './built-app'
import { report, spread } from './result'

const samples = Number(process.argv[2] ?? 1_000_000)
/** A fast person; the rate at which the desk has to keep up, ms between a picture seen and the next press. */
const PAUSE_MS = 250
const PRESSES = 200
const PRESSES_OTHER = 60

const { home, remove } = await freshHome()
const { prepare } = await import('../prepare.mjs')
await prepare({ app: true })
const { makeSample } = await import('../sample/make.mjs')
const folder = path.join(home, 'pictures')
await makeSample(folder)
const whole = (file: string) => /^(?:jpe?g|png)$/.test(path.extname(file).slice(1)) && file !== 'half-a-download.jpg'
const { allowRoot } = await import('@/lib/media/roots-store')
await allowRoot(folder)
const { manySamples } = await import('./many-samples')
await manySamples('bench', samples, false, { pictures: readdirSync(folder).filter(whole).map((file) => path.join(folder, file)), short: true })
const { bulk, closeDb } = await import('@/lib/db')
bulk().exec(`INSERT INTO Score (captionId, metric, version, value) SELECT id, 'alignment', 1, (id * 7919 % 2003) / 100.0 - 10 FROM Caption WHERE kind = 'short'`)
await closeDb()

const { base, stop } = await builtApp(home)

/**
 * Notes when the sample that a key led to is painted: its key under the picture, its caption in focus, its picture decoded,
 * and the frame after that put on the screen.
 */
function watch() {
  const seen: number[] = []
  const inSight = () => {
    const img = document.querySelector<HTMLImageElement>('section[aria-label="Picture"] img')
    const caption = document.querySelector('article[aria-current]')?.getAttribute('data-caption')
    return img && caption ? { img, what: `${img.alt} ${caption}` } : null
  }
  addEventListener('keydown', (event) => {
    const from = event.timeStamp
    const before = inSight()?.what
    const look = () => {
      const now = inSight()
      if (!now || now.what === before || !now.img.complete || now.img.naturalWidth === 0) return requestAnimationFrame(look)
      void now.img.decode().then(() => requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => seen.push(performance.now() - from)
        painted.port2.postMessage(null)
      }))
    }
    requestAnimationFrame(look)
  }, true)
  Object.assign(window, { seen })
}

type Watched = Window & { seen: number[] }
async function press(page: Page, key: string, times: number): Promise<number[]> {
  for (let i = 1; i <= times; i++) {
    await page.keyboard.press(key)
    await page.waitForFunction((n) => (window as unknown as Watched).seen.length >= n, i, { timeout: 30_000 })
    await sleep(PAUSE_MS)
  }
  return page.evaluate(() => (window as unknown as Watched).seen)
}

const { findBrowser } = await import('../browser.mjs')
const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
async function desk(query: string): Promise<{ page: Page; openMs: number }> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage()
  await page.addInitScript(() => localStorage.setItem('recaption.reviewer', 'bench'))
  // tsx names the functions that it compiles by a helper which the page does not have.
  await page.addInitScript('globalThis.__name = (one) => one')
  const from = performance.now()
  await page.goto(`${base}/datasets/bench/review${query}`)
  await page.locator('article[aria-current]').waitFor({ timeout: 120_000 })
  const openMs = performance.now() - from
  await page.evaluate(watch)
  await sleep(1500)
  return { page, openMs }
}

try {
  await (await desk('')).page.close() // the server’s first answer of each kind is not the desk’s
  const first = await desk('')
  const approving = spread(await press(first.page, 'a', PRESSES))
  report({ what: 'desk: key press to next sample painted, 95th percentile', value: approving.p95, unit: 'ms', most: 100, note: `${PRESSES} approvals on ${samples.toLocaleString('en')} samples, ${PAUSE_MS} ms apart; median ${approving.median.toFixed(0)} ms; opened in ${(first.openMs / 1000).toFixed(1)} s` })
  await first.page.close()
  for (const order of ['suspicious', 'random']) {
    const { page, openMs } = await desk(`?order=${order}`)
    const { median, p95 } = spread(await press(page, 'Space', PRESSES_OTHER))
    report({ what: `desk: the same in the order “${order}”`, value: p95, unit: 'ms', most: 100, note: `${PRESSES_OTHER} skips; median ${median.toFixed(0)} ms; opened in ${(openMs / 1000).toFixed(1)} s` })
    await page.close()
  }
} finally {
  await browser.close()
  stop()
  await remove()
}
process.exit()
