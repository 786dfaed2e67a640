import pino from 'pino'
import { env } from './env'

const SECRET = /(sk-[A-Za-z0-9_-]{6,}|Bearer\s+[^\s"']+|(?<=[?&](?:key|api_key|token|sig|signature)=)[^&\s"']+)/g

/** `text` without keys: the configured one, and whatever looks like one. Use on every foreign error before it is kept. */
export function redact(text: string): string {
  const known = [env.openai.key, env.token].filter((key): key is string => Boolean(key))
  return known.reduce((left, key) => left.replaceAll(key, '[key]'), text).replace(SECRET, '[key]')
}

/** Logs go to standard error, one JSON object a line, with keys taken out. */
export const log = pino(
  {
    level: env.logLevel,
    base: undefined,
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? redact(arg) : arg instanceof Error ? redact(arg.stack ?? arg.message) : arg)) as typeof args)
      },
    },
    redact: { paths: ['key', 'apiKey', 'authorization', '*.key', '*.apiKey', '*.authorization'], censor: '[key]' },
  },
  pino.destination(2),
)
