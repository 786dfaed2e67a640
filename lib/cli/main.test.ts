import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const elsewhere = mkdtempSync(path.join(tmpdir(), 'recaption-test-'))
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }))

/** The command as a person starts it: from another folder, with a home named by a relative path. */
function recaption(args: readonly string[], env: Record<string, string> = {}) {
  const bin = path.resolve(import.meta.dirname, '../../bin/recaption')
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: elsewhere, encoding: 'utf8', env: { ...process.env, RECAPTION_HOME: 'home', ...env } })
  return { status, stdout, stderr, json: () => JSON.parse(stdout) as unknown }
}

test('one JSON object on standard output and the exit code, whatever happens', () => {
  const done = recaption(['datasets', '--json'])
  expect([done.status, done.json()]).toEqual([0, { datasets: [] }])
  const failed = recaption(['samples', '--dataset', 'nowhere', '--json'])
  expect([failed.status, failed.json()]).toMatchObject([1, { error: { code: 'not_found', message: expect.stringContaining('“nowhere”') as string } }])
  const wrong = recaption(['constructor', '--json'])
  expect([wrong.status, wrong.json()]).toMatchObject([2, { error: { code: 'invalid' } }])
  expect(wrong.stderr).toContain('There is no verb “constructor”')
})

test.each([
  ['a bad variable', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ['a database that is none', { RECAPTION_HOME: 'broken' }, 'recaption.db cannot be opened: file is not a database'],
])('%s is said in a sentence, without a stack', (_, env, says) => {
  if ('RECAPTION_HOME' in env) {
    recaption(['datasets'], env)
    writeFileSync(path.join(elsewhere, 'broken', 'recaption.db'), 'no database at all, '.repeat(300))
  }
  const { status, stderr } = recaption(['datasets'], env)
  expect(status).toBe(1)
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('help and version are no failure', () => {
  expect(recaption(['--version'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string })
  const bin = path.resolve(import.meta.dirname, '../../bin/recaption')
  const cut = spawnSync('sh', ['-c', `"${process.execPath}" "${bin}" help | true`], { cwd: elsewhere, encoding: 'utf8', env: { ...process.env, RECAPTION_HOME: 'home' } })
  expect(cut.stderr).not.toContain('EPIPE')
  expect(recaption(['export', '--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('--out <folder>') as string })
})

test('what the caller can mend is wrong use, and a value may begin with a dash', () => {
  const folder = path.join(elsewhere, 'pictures')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'none.jsonl'), '{"url":"https://example.org/a.jpg","text":"a dog on a mat"}\n')
  expect(recaption(['import', 'pictures/none.jsonl', '--dataset', 'd', '--json']).json()).toMatchObject({ added: 1 })
  const keys = (...args: string[]) => (recaption(['samples', '--dataset', 'd', '--json', ...args]).json() as { samples: { key: string }[] }).samples.length
  expect([keys('--filter', '-dog'), keys('--filter', '-cat'), keys('--filter=-dog')]).toEqual([0, 1, 0])
  for (const args of [['samples', '--filter', 'bogus:1'], ['samples', '--after', 'nonsense'], ['samples', '--limit', '-1'], ['samples', '--filter', '--json'], ['run', '--recipe', 'nope']]) {
    const { status, stderr } = recaption([args[0], '--dataset', 'd', ...args.slice(1)])
    expect([args, status, stderr.includes('Try: recaption')]).toEqual([args, 2, true])
  }
}, 120_000)
