import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

const folder = path.join(env.home, 'keys')
const masterFile = path.join(folder, 'master.key')
const keysFile = path.join(folder, 'captioners.json')
const ALGORITHM = 'aes-256-gcm'

const Sealed = z.object({ baseUrl: z.string(), iv: z.string(), tag: z.string(), data: z.string() })
const Keys = z.record(z.string(), Sealed)
type Keys = z.infer<typeof Keys>

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(aside, content, { mode: 0o600, flush: true })
  renameSync(aside, file)
}

function master(): Buffer {
  if (!existsSync(masterFile)) write(masterFile, randomBytes(32))
  const key = readFileSync(masterFile)
  if (key.length !== 32) throw new AppError('internal', `The key file ${masterFile} is damaged. Delete the folder ${folder} and type the keys of your captioners again.`)
  chmodSync(masterFile, 0o600)
  return key
}

function read(): Keys {
  if (!existsSync(keysFile)) return {}
  try {
    return Keys.parse(JSON.parse(readFileSync(keysFile, 'utf8')))
  } catch (cause) {
    throw new AppError('internal', `The file ${keysFile} cannot be read. Delete it and type the keys of your captioners again.`, { cause })
  }
}

/** A sealed key opens only for the captioner and the base URL it was typed for. */
const bond = (captioner: string, baseUrl: string) => `${captioner}\n${baseUrl}`

/** Keeps a key, encrypted, outside the database, bound to its base URL. */
export function saveKey(captioner: string, baseUrl: string, key: string): void {
  const iv = randomBytes(12)
  const cipher = createCipheriv(ALGORITHM, master(), iv)
  cipher.setAAD(Buffer.from(bond(captioner, baseUrl)))
  const data = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()])
  write(keysFile, JSON.stringify({ ...read(), [captioner]: { baseUrl, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') } }))
}

function open(captioner: string, baseUrl: string): string | undefined {
  const sealed = read()[captioner]
  if (!sealed || sealed.baseUrl !== baseUrl) return undefined
  try {
    const decipher = createDecipheriv(ALGORITHM, master(), Buffer.from(sealed.iv, 'base64'))
    decipher.setAAD(Buffer.from(bond(captioner, baseUrl)))
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new AppError('internal', `The stored key of “${captioner}” cannot be opened: it does not belong to ${masterFile}. Type the key again.`, { cause })
  }
}

/** Opened keys of one state of the file, because a run asks at every call. */
let opened = { stamp: '', keys: new Map<string, string | undefined>() }

/** The key for this captioner at this base URL; undefined when none was typed, or when it was typed for another. */
export function keyFor(captioner: string, baseUrl: string): string | undefined {
  const at = statSync(keysFile, { throwIfNoEntry: false })
  if (!at) return undefined
  const stamp = `${at.ino} ${at.mtimeMs} ${at.size}`
  if (opened.stamp !== stamp) opened = { stamp, keys: new Map() }
  const place = bond(captioner, baseUrl)
  if (!opened.keys.has(place)) opened.keys.set(place, open(captioner, baseUrl))
  return opened.keys.get(place)
}

/** Whether a key is stored for this captioner at this base URL. */
export const hasKey = (captioner: string, baseUrl: string): boolean => read()[captioner]?.baseUrl === baseUrl

export function eraseKey(captioner: string): void {
  const { [captioner]: gone, ...rest } = read()
  if (gone) write(keysFile, JSON.stringify(rest))
}
