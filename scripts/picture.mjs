// Makes docs/desk.png, the README's picture, from the sample dataset: node scripts/picture.mjs <address of a running app>
import './node.mjs'
import { chromium } from '@playwright/test'
import { findBrowser } from './browser.mjs'

const [address = 'http://127.0.0.1:3000'] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: (await findBrowser()) ?? undefined, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
await page.addInitScript(() => localStorage.setItem('recaption.reviewer', 'Ada'))
await page.goto(`${address}/datasets/sample/review?all=true&sample=march-pastoral.jpg`)
await page.locator('article[aria-current]').waitFor()
await page.keyboard.press('Tab') // the first claim lights up on the picture
await page.waitForTimeout(1500)
await page.screenshot({ path: new URL('../docs/desk.png', import.meta.url).pathname })
await browser.close()
