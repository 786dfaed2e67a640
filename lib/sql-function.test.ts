import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { sqlFunction, taught } from './sql-function'

const call = (connection: Database.Database, sql: string) => connection.prepare(sql).pluck().get()

test('a function is known to connections that were open before it and to those that come after', () => {
  const before = taught(new Database(':memory:'))
  const closed = taught(new Database(':memory:'))
  closed.close()
  sqlFunction('doubled', (text) => text + text)
  expect(call(before, `SELECT doubled('ab')`)).toBe('abab')
  expect(call(taught(new Database(':memory:')), `SELECT doubled('猫')`)).toBe('猫猫')
})

test('a file that is loaded twice does not mind', () => {
  sqlFunction('once', () => 1)
  sqlFunction('once', () => 2)
  expect(call(taught(new Database(':memory:')), 'SELECT once()')).toBe(1)
})
