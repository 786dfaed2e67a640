/** What of a request decides whether it is answered at all. Header values as they came, or null. */
export type Knock = {
  host: string | null
  origin: string | null
  site: string | null
  mode: string | null
  method: string
  path: string
}

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i

/** Whether this Host header names us: loopback, or a name that the operator allowed (with or without its port). */
export function isOurHost(host: string | null, allowHosts: readonly string[]): boolean {
  if (!host) return false
  return LOOPBACK.test(host) || allowHosts.includes(host) || allowHosts.includes(host.replace(/:\d{1,5}$/, ''))
}

/**
 * Why this request is refused, or null. Loopback is no boundary: any page in the same browser can reach it, and a name
 * can be rebound to it. So the Host must be ours, an Origin must be our own, and a browser must say that the request came
 * from our own pages. A client that is no browser sends neither Origin nor Sec-Fetch-Site and is served.
 */
export function refusal(knock: Knock, allowHosts: readonly string[]): string | null {
  if (!isOurHost(knock.host, allowHosts)) return `This server does not answer to the host “${knock.host ?? ''}”. Open it by 127.0.0.1, or start it with --allow-host <name>.`
  if (knock.origin !== null) {
    const from = URL.canParse(knock.origin) ? new URL(knock.origin) : null
    if (!from || !/^https?:$/.test(from.protocol) || from.host.toLowerCase() !== knock.host?.toLowerCase()) return `Requests from “${knock.origin}” are not answered: only this app's own pages may ask.`
  }
  if (knock.site !== null && knock.site !== 'same-origin' && knock.site !== 'none') {
    const followedLink = knock.mode === 'navigate' && knock.method === 'GET' && !knock.path.startsWith('/api/')
    if (!followedLink) return `A page of another site asked for this (${knock.site}). Only this app's own pages may ask.`
  }
  return null
}

/** Whether the escapes of an address stand for UTF-8; what Next cannot decode it answers with a 500. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** The content security policy of every page; `nonce` admits Next's own inline scripts and nothing else. */
export function contentSecurityPolicy(nonce: string, development = false): string {
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' blob: data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}
