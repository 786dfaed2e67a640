import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'

const priv = new BlockList()
for (const [net, bits] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['100.64.0.0', 10], ['169.254.0.0', 16], ['0.0.0.0', 8], ['192.0.0.0', 24], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) priv.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['fc00::', 7], ['fe80::', 10], ['ff00::', 8], ['64:ff9b::', 96], ['2002::', 16], ['::', 128]] as const) priv.addSubnet(net, bits, 'ipv6')

const inPrivateNetwork = (address: string) => priv.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/**
 * A base URL that was typed into the app may lead to the internet and to this machine, where local models listen; into a
 * private network only for hosts of RECAPTION_ALLOW_HOSTS. One from the environment is the operator's own choice.
 * Throws `refused`.
 */
export async function checkBaseUrl(baseUrl: string): Promise<void> {
  const url = new URL(baseUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (env.allowHosts.includes(host) || env.allowHosts.includes(url.host)) return
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true }).catch(() => [])).map((one) => one.address)
  const bad = addresses.find(inPrivateNetwork)
  if (bad) throw new AppError('refused', `The base URL ${url.origin} leads into a private network (${bad}). If it is meant, add ${host} to RECAPTION_ALLOW_HOSTS and start again.`)
}
