import { expect, type Locator, type Page } from '@playwright/test'

export const panel = (page: Page, title: string): Locator => page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** Makes a release of the blend on the screen as JSON lines and waits for its proof; gives its number. */
export async function release(page: Page, samples: number): Promise<string> {
  await page.getByRole('button', { name: 'Make a release' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Format').selectOption('jsonl')
  await dialog.getByLabel('Pictures').selectOption('reference')
  await dialog.getByRole('button', { name: 'Write the release' }).click()
  await page.waitForURL(/releases\/\d+/)
  await expect(panel(page, 'Proof')).toContainText(String(samples))
  return /releases\/(\d+)/.exec(page.url())![1]
}
