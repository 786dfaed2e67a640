import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

const port = Number(process.env.E2E_PORT ?? 3461)
const asRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  workers: 1, // one home, and pictures are looked at on two cores
  retries: process.env.CI ? 1 : 0, // a second try is listed as flaky, and never hidden
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: (await findBrowser()) ?? undefined,
      args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...(asRoot ? ['--no-sandbox'] : [])],
    },
  },
  webServer: {
    command: `"${process.execPath}" scripts/e2e/serve.mjs ${port}`,
    url: `http://127.0.0.1:${port}/api/v1/datasets`,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 9000 },
    reuseExistingServer: false,
    stdout: 'pipe',
  },
})
