import { describe, expect, test } from 'vitest'
import { contentSecurityPolicy, refusal, type Knock } from './guard'

const knock = (change: Partial<Knock>): Knock => ({ host: '127.0.0.1:3000', origin: null, site: null, mode: null, method: 'GET', path: '/api/v1/datasets', ...change })

describe('who is answered', () => {
  test.each<[string, Partial<Knock>]>([
    ['a command-line client', {}],
    ['our own page', { origin: 'http://127.0.0.1:3000', site: 'same-origin', method: 'POST' }],
    ['an address typed in', { site: 'none', mode: 'navigate', path: '/' }],
    ['a link followed from elsewhere', { site: 'cross-site', mode: 'navigate', path: '/datasets/x' }],
    ['localhost', { host: 'localhost:3000' }],
    ['IPv6 loopback', { host: '[::1]:3000' }],
    ['an allowed name', { host: 'desk.lan:3000' }],
  ])('%s', (_, change) => expect(refusal(knock(change), ['desk.lan'])).toBeNull())

  test.each<[string, Partial<Knock>]>([
    ['no host', { host: null }],
    ['an empty host', { host: '' }],
    ['another host', { host: 'evil.com' }],
    ['a name that begins like ours', { host: 'localhost.evil.com' }],
    ['a rebinding name', { host: '127.0.0.1.nip.io' }],
    ['Origin: null', { origin: 'null' }],
    ['a foreign origin', { origin: 'http://evil.com' }],
    ['our host on another port', { origin: 'http://127.0.0.1:4000' }],
    ['an image tag elsewhere', { site: 'cross-site', mode: 'no-cors', path: '/api/media/1' }],
    ['a page on another port', { site: 'same-site', mode: 'cors' }],
    ['a form posted from elsewhere', { site: 'cross-site', mode: 'navigate', method: 'POST', path: '/' }],
    ['the API opened by a foreign link', { site: 'cross-site', mode: 'navigate' }],
  ])('not %s', (_, change) => expect(refusal(knock(change), ['desk.lan'])).toMatch(/host|asked|Only|only/))
})

test('the policy admits no inline script but ours', () => {
  const policy = contentSecurityPolicy('abc')
  expect(policy).toContain(`'nonce-abc'`)
  expect(policy).not.toContain(`script-src 'self' 'unsafe-inline'`)
  expect(policy).not.toContain('unsafe-eval')
})
