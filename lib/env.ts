import path from 'node:path'
import { z } from 'zod'
import { AppError } from './errors'

const Env = z.object({
  RECAPTION_HOME: z.string().min(1).default('data'),
  RECAPTION_ROOTS: z.string().default(''),
  RECAPTION_CACHE: z.string().default(''),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  HF_ENDPOINT: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  RECAPTION_ALLOW_HOSTS: z.string().default(''),
  RECAPTION_TOKEN: z.string().min(16).optional(),
  RECAPTION_THREADS: z.coerce.number().int().min(1).max(64).default(2),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
})

const list = (text: string, by: string) => text.split(by).map((part) => part.trim()).filter(Boolean)

function parse() {
  const blank = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const read = Env.safeParse(blank)
  if (!read.success) {
    const where = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
    throw new AppError('invalid', `The environment is not right. ${where}. Mend the variable and start again.`)
  }
  const e = read.data
  const home = path.resolve(/* turbopackIgnore: true */ e.RECAPTION_HOME)
  return {
    home,
    database: path.join(home, 'recaption.db'),
    /** Thumbnails; may be deleted at any time. */
    thumbnails: path.join(home, 'cache', 'thumbnails'),
    /** Bytes we own: uploads and copies, named by their hash. */
    store: path.join(home, 'media'),
    uploads: path.join(home, 'uploads'),
    releases: path.join(home, 'releases'),
    /** Converted weights: shared by every home, made once. */
    models: path.resolve(/* turbopackIgnore: true */ e.RECAPTION_CACHE || path.join('node_modules', '.cache', 'recaption')),
    roots: list(e.RECAPTION_ROOTS, path.delimiter).map((root) => path.resolve(/* turbopackIgnore: true */ root)),
    /** Where local models are fetched from, when a person asks for one. */
    hub: e.HF_ENDPOINT,
    openai: { baseURL: e.OPENAI_BASE_URL, key: e.OPENAI_API_KEY },
    allowHosts: list(e.RECAPTION_ALLOW_HOSTS, ','),
    token: e.RECAPTION_TOKEN,
    threads: e.RECAPTION_THREADS,
    logLevel: e.LOG_LEVEL,
    development: process.env.NODE_ENV === 'development',
  }
}

/** The environment, parsed once. The only reader of `process.env`; a bad value stops the start. */
export const env = parse()
