import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type APIRequestContext, type Page } from '@playwright/test'

const root = path.join(import.meta.dirname, '..')
export const HOME = path.join(root, 'test-results/e2e-home')
const SAMPLE = path.join(HOME, 'sample')

type Texts = Record<string, string>
/** columns of the table by what they hold: `a` → `short` by the model `m-a` */
const COLUMNS = { a: 'a:short:model:m-a', b: 'b:short:model:m-b', long: 'long:detailed:model:m-a' }

/** The command line on the home of the tests. */
export const recaption = (...args: string[]) => execFileSync(process.execPath, [path.join(root, 'bin/recaption'), ...args], { cwd: root, env: { ...process.env, RECAPTION_HOME: HOME }, stdio: ['ignore', 'pipe', 'inherit'] })

/** A dataset of pictures of the sample, which were looked at before, with texts as models wrote them; `own`: bytes that nothing knows yet. */
export function deskDataset(name: string, texts: readonly Texts[], { check = false, own = false } = {}): void {
  const folder = path.join(HOME, 'tables', name)
  mkdirSync(folder, { recursive: true })
  const pictures = readdirSync(SAMPLE).filter((file) => /^(?:scene|card|sign).*\.png$/.test(file)).sort()
  const rows = texts.map((row, i) => ({ file_name: `${String(i + 1).padStart(3, '0')}.png`, text: `photo ${i + 1}`, ...row }))
  rows.forEach((row, i) => {
    const file = path.join(folder, row.file_name)
    copyFileSync(path.join(SAMPLE, pictures[i % pictures.length]), file)
    if (own) appendFileSync(file, row.file_name)
  })
  writeFileSync(path.join(folder, 'metadata.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const used = Object.entries(COLUMNS).filter(([column]) => texts.some((row) => column in row))
  recaption('import', folder, '--dataset', name, '--caption', 'text', ...used.flatMap(([, column]) => ['--caption', column]))
  if (check) recaption('check', '--dataset', name)
}

export type Row = { key: string; dropped: boolean; captions: { id: number; kind: string; origin: string; standing: string; text: string; version: number; model?: string; recipe?: string; parentId?: number }[]; flags: { rule: string }[] }
export const rowsOf = async (request: APIRequestContext, dataset: string): Promise<Row[]> => ((await (await request.get(`/api/v1/datasets/${dataset}/samples?limit=200`)).json()) as { samples: Row[] }).samples
export const standings = async (request: APIRequestContext, dataset: string): Promise<Record<string, number>> => {
  const all = (await rowsOf(request, dataset)).flatMap((row) => row.captions.filter((caption) => caption.kind !== 'alt').map((caption) => caption.standing))
  return Object.fromEntries([...Map.groupBy(all, (one) => one)].map(([standing, of]) => [standing, of.length]))
}

/** The desk of a person, with the first sample in sight. */
export async function openDesk(page: Page, dataset: string, query = '', reviewer = 'ada'): Promise<void> {
  await page.addInitScript((name) => localStorage.setItem('recaption.reviewer', name), reviewer)
  await page.goto(`/datasets/${dataset}/review${query}`)
  await expect(focused(page)).toBeVisible()
}
export const focused = (page: Page) => page.locator('article[aria-current]')
/** The key of the sample in sight. */
export const keyInSight = (page: Page): Promise<string | null> => page.locator('section[aria-label="Picture"] img').getAttribute('alt')

/** Everything that was decided has reached the server. */
export const allSent = (page: Page) => expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('recaption.outbox.')).length)).toBe(0)
